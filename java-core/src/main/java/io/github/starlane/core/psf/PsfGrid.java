package io.github.starlane.core.psf;

/**
 * An effective PSF under construction: values on a square grid of odd size, {@code oversampling}
 * points per pixel, the star's centre on the middle point.
 */
final class PsfGrid {
  final int size;
  final int oversampling;
  final double[] values;

  PsfGrid(int size, int oversampling) {
    this(size, oversampling, new double[size * size]);
  }

  private PsfGrid(int size, int oversampling, double[] values) {
    this.size = size;
    this.oversampling = oversampling;
    this.values = values;
  }

  /** Offset of grid column or row i from the centre [pixel]. */
  double offset(int i) {
    return (i - size / 2) / (double) oversampling;
  }

  /** Grid coordinate of an offset [pixel]. */
  double coordinate(double offset) {
    return offset * oversampling + size / 2;
  }

  /**
   * An elliptical Moffat profile integrated over pixels.
   *
   * @param sxx second moment along x of the Gaussian of the same FWHM [pixel²]
   * @param syy second moment along y
   * @param sxy mixed second moment
   * @param beta Moffat exponent
   */
  static PsfGrid moffat(
      int size, int oversampling, double sxx, double syy, double sxy, double beta) {
    PsfGrid grid = new PsfGrid(size, oversampling);
    double determinant = sxx * syy - sxy * sxy;
    // r² in units of the Gaussian's σ; the Moffat has the same half-maximum contour.
    double k = (Math.pow(2, 1 / beta) - 1) / (2 * Math.log(2));
    int sub = 5;
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int v = 0; v < sub; v++) {
          for (int u = 0; u < sub; u++) {
            double x = grid.offset(i) + (u + 0.5) / sub - 0.5;
            double y = grid.offset(j) + (v + 0.5) / sub - 0.5;
            double r2 = (syy * x * x - 2 * sxy * x * y + sxx * y * y) / determinant;
            sum += Math.pow(1 + k * r2, -beta);
          }
        }
        grid.values[j * size + i] = sum;
      }
    }
    return grid.normalised();
  }

  /** The same, with unit flux: pixel samples sum to 1. */
  PsfGrid normalised() {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = values[i] * oversampling * oversampling / sum;
    }
    return new PsfGrid(size, oversampling, scaled);
  }

  /**
   * The same, moved by (−dx, −dy) pixels: what stood at (dx, dy) stands at the centre (cubic
   * convolution).
   */
  PsfGrid recentred(double dx, double dy) {
    PsfGrid moved = new PsfGrid(size, oversampling);
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        moved.values[j * size + i] = interpolate(i + dx * oversampling, j + dy * oversampling);
      }
    }
    return moved;
  }

  /** Value at an offset from the centre [pixel], by cubic convolution. */
  double at(double dx, double dy) {
    return interpolate(coordinate(dx), coordinate(dy));
  }

  /** The same without flux: as much of another grid is taken off as brings the sum to 0. */
  PsfGrid withoutFlux(PsfGrid unit) {
    double sum = 0;
    double unitSum = 0;
    for (int k = 0; k < values.length; k++) {
      sum += values[k];
      unitSum += unit.values[k];
    }
    double[] left = new double[values.length];
    for (int k = 0; k < left.length; k++) {
      left[k] = values[k] - sum / unitSum * unit.values[k];
    }
    return new PsfGrid(size, oversampling, left);
  }

  /**
   * The same without a shift: as much of another grid's derivatives is taken off as brings the
   * first moments, with a Gaussian window, to 0.
   */
  PsfGrid withoutShift(PsfGrid of, double sigma) {
    double[] alongX = of.derivative(1, 0);
    double[] alongY = of.derivative(0, 1);
    double shiftX = firstMoment(values, sigma, true) / firstMoment(alongX, sigma, true);
    double shiftY = firstMoment(values, sigma, false) / firstMoment(alongY, sigma, false);
    double[] left = new double[values.length];
    for (int k = 0; k < left.length; k++) {
      left[k] = values[k] - shiftX * alongX[k] - shiftY * alongY[k];
    }
    return new PsfGrid(size, oversampling, left);
  }

  private double[] derivative(int dx, int dy) {
    double[] d = new double[values.length];
    for (int j = 1; j < size - 1; j++) {
      for (int i = 1; i < size - 1; i++) {
        d[j * size + i] =
            (values[(j + dy) * size + i + dx] - values[(j - dy) * size + i - dx])
                * oversampling
                / 2;
      }
    }
    return d;
  }

  private double firstMoment(double[] of, double sigma, boolean alongX) {
    double sum = 0;
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double r2 = offset(i) * offset(i) + offset(j) * offset(j);
        double window = Math.exp(-0.5 * r2 / (sigma * sigma));
        sum += window * of[j * size + i] * (alongX ? offset(i) : offset(j));
      }
    }
    return sum;
  }

  private double interpolate(double column, double row) {
    int i0 = (int) Math.floor(column);
    int j0 = (int) Math.floor(row);
    double sum = 0;
    for (int j = -1; j <= 2; j++) {
      for (int i = -1; i <= 2; i++) {
        int x = Math.min(size - 1, Math.max(0, i0 + i));
        int y = Math.min(size - 1, Math.max(0, j0 + j));
        sum += cubic(column - i0 - i) * cubic(row - j0 - j) * values[y * size + x];
      }
    }
    return sum;
  }

  /** Cubic convolution kernel with a = −1/2 (Keys 1981). */
  private static double cubic(double t) {
    double x = Math.abs(t);
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }

  /**
   * Gaussian-weighted centroid and second moments {x, y, xx, yy, xy}, the weight removed from the
   * latter [pixel].
   */
  double[] moments(double sigma) {
    double x = 0;
    double y = 0;
    double[] m = new double[6];
    for (int round = 0; round < 5; round++) {
      java.util.Arrays.fill(m, 0);
      for (int j = 0; j < size; j++) {
        for (int i = 0; i < size; i++) {
          double dx = offset(i) - x;
          double dy = offset(j) - y;
          double w = values[j * size + i] * Math.exp(-0.5 * (dx * dx + dy * dy) / (sigma * sigma));
          m[0] += w;
          m[1] += w * dx;
          m[2] += w * dy;
          m[3] += w * dx * dx;
          m[4] += w * dy * dy;
          m[5] += w * dx * dy;
        }
      }
      x += 2 * m[1] / m[0];
      y += 2 * m[2] / m[0];
    }
    return unweighted(x, y, m[3] / m[0], m[4] / m[0], m[5] / m[0], sigma * sigma);
  }

  /** For a Gaussian source C⁻¹ = M⁻¹ − 1/σ², with M the weighted second moments. */
  private static double[] unweighted(
      double x, double y, double xx, double yy, double xy, double sigma2) {
    double det = xx * yy - xy * xy;
    double a = yy / det - 1 / sigma2;
    double b = xx / det - 1 / sigma2;
    double c = -xy / det;
    double inverse = a * b - c * c;
    boolean valid = a > 0 && b > 0 && inverse > 0;
    return valid
        ? new double[] {x, y, b / inverse, a / inverse, -c / inverse}
        : new double[] {x, y, xx, yy, xy};
  }

  /**
   * The same, plus a constant that brings its mean between two radii [pixel] to that of another
   * grid. A constant cannot be told from the sky under a star, so the first guess decides it.
   */
  PsfGrid pinned(PsfGrid to, double inner, double outer) {
    double difference = to.ringMean(inner, outer) - ringMean(inner, outer);
    double[] shifted = new double[values.length];
    for (int k = 0; k < shifted.length; k++) {
      shifted[k] = values[k] + difference;
    }
    return new PsfGrid(size, oversampling, shifted);
  }

  private double ringMean(double inner, double outer) {
    double sum = 0;
    int n = 0;
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double r = Math.hypot(offset(i), offset(j));
        if (r >= inner && r <= outer) {
          sum += values[j * size + i];
          n++;
        }
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  /**
   * Mean over angles as a function of radius, in bins of one grid step; bin k is centred on radius
   * k / oversampling.
   */
  double[] radialProfile() {
    int bins = size / 2 + 1;
    double[] sum = new double[bins];
    double[] count = new double[bins];
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        int bin = (int) Math.round(Math.hypot(i - size / 2, j - size / 2));
        if (bin < bins) {
          sum[bin] += values[j * size + i];
          count[bin]++;
        }
      }
    }
    for (int k = 0; k < bins; k++) {
      sum[k] /= count[k];
    }
    return sum;
  }

  /** Full width at half maximum of the radial profile [pixel]. */
  double fwhm() {
    double[] profile = radialProfile();
    double half = profile[0] / 2;
    for (int k = 1; k < profile.length; k++) {
      if (profile[k] <= half) {
        double fraction = (profile[k - 1] - half) / (profile[k - 1] - profile[k]);
        return 2 * (k - 1 + fraction) / oversampling;
      }
    }
    return 2.0 * profile.length / oversampling;
  }

  float[] toFloats() {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
