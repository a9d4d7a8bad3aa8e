package io.github.starlane.core.psf;

import java.util.ArrayList;
import java.util.List;

/**
 * The smooth PSF that building starts from and falls back to: a Moffat profile whose size and
 * ellipticity follow the stars' second moments over the region, to second order in the size and to
 * first in the ellipticity.
 */
final class FirstGuess {
  /** Steps of the numerical derivatives by ln size and by ellipticity. */
  private static final double SIZE_STEP = 0.1;

  private static final double ELLIPTICITY_STEP = 0.05;

  /** Points along an axis that a polynomial is fitted to. */
  private static final int LATTICE = 9;

  private static final double LARGEST_ELLIPTICITY = 0.9;

  private final double lnSize;
  private final double e1;
  private final double e2;
  private final double[] sizeTerms;
  private final double[] e1Terms;
  private final double[] e2Terms;

  private FirstGuess(double[] sizeTerms, double[] e1Terms, double[] e2Terms) {
    this.lnSize = sizeTerms[0];
    this.sizeTerms = sizeTerms;
    this.e1Terms = e1Terms;
    this.e2Terms = e2Terms;
    double e = Math.hypot(e1Terms[0], e2Terms[0]);
    double limit = e > LARGEST_ELLIPTICITY ? LARGEST_ELLIPTICITY / e : 1;
    this.e1 = e1Terms[0] * limit;
    this.e2 = e2Terms[0] * limit;
  }

  /** The same shape everywhere, from second moments {xx, yy, xy} [pixel²]. */
  static FirstGuess constant(double[] moments) {
    double sum = moments[0] + moments[1];
    return new FirstGuess(
        new double[] {0.5 * Math.log(sum / 2)},
        new double[] {(moments[0] - moments[1]) / sum},
        new double[] {2 * moments[2] / sum});
  }

  /**
   * From the moments of stars.
   *
   * @param terms of the field's polynomial at each star, flat
   * @param count of terms
   */
  static FirstGuess of(StampSet stamps, double[] terms, int count) {
    int n = stamps.count();
    double[] size = new double[n];
    double[] along = new double[n];
    double[] across = new double[n];
    for (int s = 0; s < n; s++) {
      double sum = stamps.xx[s] + stamps.yy[s];
      size[s] = 0.5 * Math.log(sum / 2);
      along[s] = (stamps.xx[s] - stamps.yy[s]) / sum;
      across[s] = 2 * stamps.xy[s] / sum;
    }
    return new FirstGuess(
        Polynomial.fit(terms, size, count),
        Polynomial.fit(terms, along, count),
        Polynomial.fit(terms, across, count));
  }

  /** Size of the Gaussian core in the middle of the region [pixel]. */
  double sigma() {
    return Math.exp(lnSize);
  }

  /** Its isophotes in the middle of the region. */
  EllipticalRadius shape() {
    return EllipticalRadius.ofMoments(1 + e1, 1 - e1, e2);
  }

  /** The same with all sizes times a factor. */
  FirstGuess resized(double factor) {
    double[] terms = sizeTerms.clone();
    terms[0] += Math.log(factor);
    return new FirstGuess(terms, e1Terms, e2Terms);
  }

  /**
   * The same with its changes over the region as they are, not as they were measured: of a Moffat
   * profile, moments in a window change less than the profile does.
   *
   * @param size of the grids that this is tried on
   * @param oversampling of these grids
   * @param beta exponent of the Moffat profile
   * @param window σ of the window that the moments were measured in [pixel]
   */
  FirstGuess calibrated(int size, int oversampling, double beta, double window) {
    double[] wide = moments(size, oversampling, beta, lnSize + SIZE_STEP, 0, window);
    double[] narrow = moments(size, oversampling, beta, lnSize - SIZE_STEP, 0, window);
    double[] oval = moments(size, oversampling, beta, lnSize, ELLIPTICITY_STEP, window);
    double bySize = (wide[0] - narrow[0]) / (2 * SIZE_STEP);
    double byEllipticity = oval[1] / ELLIPTICITY_STEP;
    double[] sizes = sizeTerms.clone();
    double[] along = e1Terms.clone();
    double[] across = e2Terms.clone();
    for (int t = 1; t < sizes.length; t++) {
      sizes[t] /= bySize;
      along[t] /= byEllipticity;
      across[t] /= byEllipticity;
    }
    return new FirstGuess(sizes, along, across);
  }

  /**
   * The same, resized so that a window sees its Moffat profile with the size that it has now.
   *
   * @param beta exponent of the Moffat profile
   */
  FirstGuess seenIn(double window, int oversampling, double beta) {
    int size = 2 * oversampling * PsfBuilder.radius(sigma() * PsfBuilder.FWHM_PER_SIGMA) + 1;
    double[] seen = moments(size, oversampling, beta, lnSize, 0, window);
    FirstGuess smaller = resized(Math.exp(lnSize - seen[0]));
    double[] again = moments(size, oversampling, beta, smaller.lnSize, 0, window);
    return smaller.resized(Math.exp(lnSize - again[0]));
  }

  /** {ln size, ellipticity} as a windowed measurement sees them. */
  private static double[] moments(
      int size, int oversampling, double beta, double lnSize, double e, double window) {
    double[] m = moffat(size, oversampling, beta, lnSize, e, 0).moments(window);
    double xx = m[2] - StarMoments.PIXEL;
    double yy = m[3] - StarMoments.PIXEL;
    return new double[] {0.5 * Math.log((xx + yy) / 2), (xx - yy) / (xx + yy)};
  }

  /**
   * As a field.
   *
   * @param size of its grids
   * @param oversampling of its grids
   * @param beta exponent of the Moffat profile
   */
  PsfField field(int size, int oversampling, double beta, int degree, int width, int height) {
    PsfGrid middle = moffat(size, oversampling, beta, lnSize, e1, e2);
    List<PsfGrid> terms = new ArrayList<>();
    if (degree == 0) {
      terms.add(middle);
    } else {
      double[] squared = squared(PsfField.over(width, height, List.of(), degree));
      PsfGrid wide = moffat(size, oversampling, beta, lnSize + SIZE_STEP, e1, e2);
      PsfGrid narrow = moffat(size, oversampling, beta, lnSize - SIZE_STEP, e1, e2);
      PsfGrid bySize = wide.plus(narrow, -1).scaled(0.5 / SIZE_STEP);
      PsfGrid bySize2 = wide.plus(narrow, 1).plus(middle, -2).scaled(1 / (SIZE_STEP * SIZE_STEP));
      double step = e1 > 0 ? -ELLIPTICITY_STEP : ELLIPTICITY_STEP;
      PsfGrid byE1 =
          moffat(size, oversampling, beta, lnSize, e1 + step, e2).plus(middle, -1).scaled(1 / step);
      step = e2 > 0 ? -ELLIPTICITY_STEP : ELLIPTICITY_STEP;
      PsfGrid byE2 =
          moffat(size, oversampling, beta, lnSize, e1, e2 + step).plus(middle, -1).scaled(1 / step);
      terms.add(middle.plus(bySize2, squared[0] / 2));
      for (int t = 1; t < PsfField.count(degree); t++) {
        terms.add(
            bySize
                .scaled(sizeTerms[t])
                .plus(bySize2, squared[t] / 2)
                .plus(byE1, e1Terms[t])
                .plus(byE2, e2Terms[t]));
      }
    }
    return PsfField.over(width, height, terms, degree);
  }

  /** The polynomial nearest to the square of the size's change, over a square region. */
  private double[] squared(PsfField frame) {
    int count = sizeTerms.length;
    double[] terms = new double[LATTICE * LATTICE * count];
    double[] values = new double[LATTICE * LATTICE];
    double[] powers = new double[count];
    for (int k = 0; k < values.length; k++) {
      double u = 2.0 * (k % LATTICE) / (LATTICE - 1) - 1;
      double v = 2.0 * (k / LATTICE) / (LATTICE - 1) - 1;
      frame.powers(
          frame.centreX() + u * frame.scale(), frame.centreY() + v * frame.scale(), powers);
      double change = 0;
      for (int t = 1; t < count; t++) {
        change += sizeTerms[t] * powers[t];
      }
      values[k] = change * change;
      System.arraycopy(powers, 0, terms, k * count, count);
    }
    return Polynomial.fitAll(terms, values, count);
  }

  private static PsfGrid moffat(
      int size, int oversampling, double beta, double lnSize, double e1, double e2) {
    double s2 = Math.exp(2 * lnSize);
    return MoffatGrid.of(size, oversampling, s2 * (1 + e1), s2 * (1 - e1), s2 * e2, beta);
  }
}
