package io.github.starlane.core.psf;

/**
 * Fits position and flux of one star on its stamp, by maximum likelihood on the noise model
 * (Gauss–Newton with Fisher's matrix), as {@link io.github.starlane.kernels.psffit.PsfFit} does in
 * images. Keeps its scratch between stars.
 */
final class StampFitter {
  private static final double LARGEST_STEP = 0.5;
  private static final double SETTLED = 1e-3;

  private final int box;
  private final double gain;
  private final double largestShift;
  private final double[] value;
  private final double[] byX;
  private final double[] byY;

  /** Upper triangle of the equations of flux, x, y, and their right-hand side. */
  private final double[] sums = new double[9];

  private double chi;
  private int good;

  /**
   * A fitter.
   *
   * @param box pixels within ± this of the star's first guess are fitted
   * @param gain electrons per image unit
   * @param largestShift a star may wander so far from its first guess [pixel]
   */
  StampFitter(int box, double gain, double largestShift) {
    this.box = box;
    this.gain = gain;
    this.largestShift = largestShift;
    int n = (2 * box + 1) * (2 * box + 1);
    value = new double[n];
    byX = new double[n];
    byY = new double[n];
  }

  /**
   * Fits one star and writes what comes out; χ² is NaN where nothing does.
   *
   * @param psf placed at the star
   */
  void fit(StampSet stars, int s, LocalPsf psf, int maximumSteps) {
    double flux = 0;
    double x = stars.x[s];
    double y = stars.y[s];
    boolean settled = false;
    for (int step = 0; step <= maximumSteps && !settled; step++) {
      // The flux alone is linear: it comes first.
      boolean moves = step > 0;
      linearise(stars, s, psf, flux, x, y);
      if (good <= 3 || !solve(moves)) {
        stars.chi[s] = Double.NaN;
        return;
      }
      flux += sums[6];
      if (moves) {
        double length = Math.hypot(sums[7], sums[8]);
        double scale = length > LARGEST_STEP ? LARGEST_STEP / length : 1;
        x += scale * sums[7];
        y += scale * sums[8];
        settled = length < SETTLED;
      }
    }
    boolean near = Math.hypot(x - stars.startX[s], y - stars.startY[s]) <= largestShift;
    boolean valid = near && flux > 0 && Double.isFinite(flux);
    stars.chi[s] = valid ? chi / (good - 3) : Double.NaN;
    if (valid) {
      stars.flux[s] = flux;
      stars.x[s] = x;
      stars.y[s] = y;
    }
  }

  private void linearise(StampSet stars, int s, LocalPsf psf, double flux, double x, double y) {
    PsfStars part = stars.part[s];
    int size = part.size();
    int x0 = part.x0()[stars.index[s]];
    int y0 = part.y0()[stars.index[s]];
    int i0 = Math.max(0, (int) Math.rint(stars.startX[s]) - box - x0);
    int j0 = Math.max(0, (int) Math.rint(stars.startY[s]) - box - y0);
    int width = Math.min(size - i0, 2 * box + 1);
    int height = Math.min(size - j0, 2 * box + 1);
    psf.sample(x0 + i0 - x, y0 + j0 - y, width, height, value, byX, byY);
    java.util.Arrays.fill(sums, 0);
    chi = 0;
    good = 0;
    int stamp = stars.index[s] * size * size;
    for (int j = 0; j < height; j++) {
      int from = stamp + (j0 + j) * size + i0;
      for (int i = 0; i < width; i++) {
        float pixel = part.pixels()[from + i];
        if (!Float.isNaN(pixel)) {
          addPixel(j * width + i, pixel - stars.sky[s], flux, stars.skyVariance[s]);
        }
      }
    }
  }

  private void addPixel(int at, double pixel, double flux, double skyVariance) {
    double model = flux * value[at];
    double residual = pixel - model;
    double weight = 1 / (skyVariance + Math.max(0, model) / gain);
    double p = value[at];
    double px = flux * byX[at];
    double py = flux * byY[at];
    sums[0] += weight * p * p;
    sums[1] += weight * p * px;
    sums[2] += weight * p * py;
    sums[3] += weight * px * px;
    sums[4] += weight * px * py;
    sums[5] += weight * py * py;
    sums[6] += weight * residual * p;
    sums[7] += weight * residual * px;
    sums[8] += weight * residual * py;
    chi += weight * residual * residual;
    good++;
  }

  /** Solves in place: the steps of flux, x and y take the place of the right-hand side. */
  private boolean solve(boolean moves) {
    double a = sums[0];
    if (!(a > 0)) {
      return false;
    }
    if (!moves) {
      sums[6] /= a;
      sums[7] = 0;
      sums[8] = 0;
      return true;
    }
    // Flux eliminated, then Cramer's rule.
    double xx = sums[3] - sums[1] * sums[1] / a;
    double xy = sums[4] - sums[1] * sums[2] / a;
    double yy = sums[5] - sums[2] * sums[2] / a;
    double rx = sums[7] - sums[1] * sums[6] / a;
    double ry = sums[8] - sums[2] * sums[6] / a;
    double determinant = xx * yy - xy * xy;
    if (!(determinant > 0)) {
      return false;
    }
    sums[7] = (yy * rx - xy * ry) / determinant;
    sums[8] = (xx * ry - xy * rx) / determinant;
    sums[6] = (sums[6] - sums[1] * sums[7] - sums[2] * sums[8]) / a;
    return true;
  }
}
