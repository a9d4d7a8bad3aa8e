package io.github.starlane.kernels;

/**
 * A circular Moffat profile of unit flux, integrated over pixels by Gauss–Legendre quadrature on
 * sub-pixels; independent of the kernels' PSF code.
 *
 * @param fwhm full width at half maximum before the pixel integration [pixel]
 * @param beta exponent
 */
public record Moffat(double fwhm, double beta) {

  private static final double[] NODES = {
    -0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640
  };
  private static final double[] WEIGHTS = {
    0.2369268850561891,
    0.4786286704993665,
    0.5688888888888889,
    0.4786286704993665,
    0.2369268850561891
  };
  private static final int CELLS = 2;

  /** Fraction of the flux in the pixel whose centre stands at this offset from the star. */
  public double pixel(double dx, double dy) {
    double alpha = fwhm / (2 * Math.sqrt(Math.pow(2, 1 / beta) - 1));
    double peak = (beta - 1) / (Math.PI * alpha * alpha);
    double half = 0.5 / CELLS;
    double sum = 0;
    for (int j = 0; j < CELLS * NODES.length; j++) {
      double y = dy - 0.5 + half * (2 * (j / NODES.length) + 1 + NODES[j % NODES.length]);
      for (int i = 0; i < CELLS * NODES.length; i++) {
        double x = dx - 0.5 + half * (2 * (i / NODES.length) + 1 + NODES[i % NODES.length]);
        double weight = WEIGHTS[i % NODES.length] * WEIGHTS[j % NODES.length] * half * half;
        double t = 1 + (x * x + y * y) / (alpha * alpha);
        // The power is most of the time of these tests.
        sum += weight * peak * (beta == 3 ? 1 / (t * t * t) : Math.pow(t, -beta));
      }
    }
    return sum;
  }

  /** Adds a star to an image, within ± reach pixels. */
  public void add(float[] pixels, int width, double x, double y, double flux, int reach) {
    int height = pixels.length / width;
    int column = (int) Math.round(x);
    int row = (int) Math.round(y);
    for (int j = Math.max(0, row - reach); j <= Math.min(height - 1, row + reach); j++) {
      for (int i = Math.max(0, column - reach); i <= Math.min(width - 1, column + reach); i++) {
        pixels[j * width + i] += (float) (flux * pixel(i - x, j - y));
      }
    }
  }
}
