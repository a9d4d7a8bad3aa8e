package io.github.starlane.core.psf;

import java.util.Arrays;

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

  PsfGrid(int size, int oversampling, double[] values) {
    this.size = size;
    this.oversampling = oversampling;
    this.values = values;
  }

  /** Offset of grid column or row i from the centre [pixel]. */
  double offset(int i) {
    return (i - size / 2) / (double) oversampling;
  }

  /** The value in the middle. */
  double centre() {
    return values[size / 2 * size + size / 2];
  }

  /** The highest value. */
  double highest() {
    return Arrays.stream(values).max().orElse(0);
  }

  /** The same times a factor. */
  PsfGrid scaled(double factor) {
    return new PsfGrid(size, oversampling).plus(this, factor);
  }

  /** The same plus a constant. */
  PsfGrid plus(double constant) {
    return new PsfGrid(size, oversampling, Arrays.stream(values).map(v -> v + constant).toArray());
  }

  /** The same plus a multiple of another. */
  PsfGrid plus(PsfGrid other, double factor) {
    double[] sum = new double[values.length];
    for (int k = 0; k < sum.length; k++) {
      sum[k] = values[k] + factor * other.values[k];
    }
    return new PsfGrid(size, oversampling, sum);
  }

  /** What pixel samples add up to, on average over where in a pixel the star stands. */
  double sum() {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / (oversampling * oversampling);
  }

  /**
   * The same, moved by (−dx, −dy) pixels: what stood at (dx, dy) stands at the centre (by the
   * spline through its points).
   */
  PsfGrid recentred(double dx, double dy) {
    double[] columns = new double[size];
    double[] rows = new double[size];
    for (int i = 0; i < size; i++) {
      columns[i] = i + dx * oversampling;
      rows[i] = i + dy * oversampling;
    }
    return new PsfGrid(size, oversampling, BicubicSpline.resample(this, columns, rows));
  }

  /** The same on another grid around the same centre (by the spline through its points). */
  PsfGrid onto(int newSize, int newOversampling) {
    PsfGrid result = new PsfGrid(newSize, newOversampling);
    int step = oversampling / newOversampling;
    int first = size / 2 - step * (newSize / 2);
    if (oversampling % newOversampling == 0 && first >= 0) {
      for (int j = 0; j < newSize; j++) {
        for (int i = 0; i < newSize; i++) {
          result.values[j * newSize + i] = values[(first + j * step) * size + first + i * step];
        }
      }
      return result;
    }
    double[] places = new double[newSize];
    for (int i = 0; i < newSize; i++) {
      places[i] = result.offset(i) * oversampling + size / 2;
    }
    return new PsfGrid(newSize, newOversampling, BicubicSpline.resample(this, places, places));
  }

  /**
   * The same without a shift: as much of another grid's derivatives is taken off as brings the
   * first moments, with a Gaussian window, to 0.
   */
  PsfGrid withoutShift(PsfGrid of, double sigma) {
    PsfGrid alongX = of.derivative(1, 0);
    PsfGrid alongY = of.derivative(0, 1);
    double[] mine = firstMoments(sigma);
    double shiftX = mine[0] / alongX.firstMoments(sigma)[0];
    double shiftY = mine[1] / alongY.firstMoments(sigma)[1];
    return plus(alongX, -shiftX).plus(alongY, -shiftY);
  }

  private PsfGrid derivative(int dx, int dy) {
    PsfGrid d = new PsfGrid(size, oversampling);
    for (int j = 1; j < size - 1; j++) {
      for (int i = 1; i < size - 1; i++) {
        d.values[j * size + i] =
            (values[(j + dy) * size + i + dx] - values[(j - dy) * size + i - dx])
                * oversampling
                / 2;
      }
    }
    return d;
  }

  private double[] firstMoments(double sigma) {
    double[] window = window(0, sigma);
    double[] m = new double[2];
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double w = window[i] * window[j] * values[j * size + i];
        m[0] += w * offset(i);
        m[1] += w * offset(j);
      }
    }
    return m;
  }

  /** A Gaussian along one axis. */
  private double[] window(double centre, double sigma) {
    double[] window = new double[size];
    for (int i = 0; i < size; i++) {
      double d = (offset(i) - centre) / sigma;
      window[i] = Math.exp(-0.5 * d * d);
    }
    return window;
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
      Arrays.fill(m, 0);
      double[] alongX = window(x, sigma);
      double[] alongY = window(y, sigma);
      for (int j = 0; j < size; j++) {
        double dy = offset(j) - y;
        for (int i = 0; i < size; i++) {
          double dx = offset(i) - x;
          double w = values[j * size + i] * alongX[i] * alongY[j];
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

  /** Mean between two radii [pixel]. */
  double ringMean(double inner, double outer) {
    double sum = 0;
    int n = 0;
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double r2 = offset(i) * offset(i) + offset(j) * offset(j);
        if (r2 >= inner * inner && r2 <= outer * outer) {
          sum += values[j * size + i];
          n++;
        }
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  /** Mean over angles as a function of radius, see {@link #radialProfile(EllipticalRadius)}. */
  double[] radialProfile() {
    return radialProfile(new EllipticalRadius(1, 1, 0));
  }

  /**
   * Mean along ellipses as a function of radius, in bins of one grid step; bin k is centred on
   * radius k / oversampling.
   */
  double[] radialProfile(EllipticalRadius radius) {
    int bins = size / 2 + 1;
    double[] sum = new double[bins];
    double[] count = new double[bins];
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        int bin = (int) Math.round(radius.of(i - size / 2, j - size / 2));
        if (bin < bins) {
          sum[bin] += values[j * size + i];
          count[bin]++;
        }
      }
    }
    for (int k = 0; k < bins; k++) {
      sum[k] = count[k] > 0 ? sum[k] / count[k] : k > 0 ? sum[k - 1] : 0;
    }
    return sum;
  }
}
