package io.github.starlane.core.psf;

import io.github.starlane.kernels.psffit.PsfModel;
import java.util.ArrayList;
import java.util.List;

/**
 * A PSF that varies over a region as a polynomial of position: one grid per term 1, u, v, u², uv,
 * v² …, with u = (x − centreX) / scale and v = (y − centreY) / scale.
 *
 * @param terms one grid per term, all of one size
 * @param degree of the polynomial
 * @param centreX see above [pixel]
 * @param centreY see above [pixel]
 * @param scale see above [pixel]
 */
record PsfField(List<PsfGrid> terms, int degree, double centreX, double centreY, double scale) {

  /** A field over a region of that size, from its terms. */
  static PsfField over(int width, int height, List<PsfGrid> terms, int degree) {
    return new PsfField(
        List.copyOf(terms),
        degree,
        (width - 1) / 2.0,
        (height - 1) / 2.0,
        Math.max(width, height) / 2.0);
  }

  /** Number of terms of a polynomial. */
  static int count(int degree) {
    return (degree + 1) * (degree + 2) / 2;
  }

  /** The grid at one place of a model [pixel]. */
  static PsfGrid grid(PsfModel model, double x, double y) {
    double[] p = new double[model.terms()];
    powers(
        (x - model.centreX()) / model.scale(),
        (y - model.centreY()) / model.scale(),
        model.degree(),
        p);
    PsfGrid sum = new PsfGrid(model.gridSize(), model.oversampling());
    int n = sum.values.length;
    for (int t = 0; t < p.length; t++) {
      for (int i = 0; i < n; i++) {
        sum.values[i] += p[t] * model.basis()[t * n + i];
      }
    }
    return sum;
  }

  /** Values of the terms at a position [pixel]. */
  void powers(double x, double y, double[] result) {
    powers((x - centreX) / scale, (y - centreY) / scale, degree, result);
  }

  private static void powers(double u, double v, int degree, double[] result) {
    int k = 0;
    for (int total = 0; total <= degree; total++) {
      for (int j = 0; j <= total; j++) {
        result[k++] = Math.pow(u, total - j) * Math.pow(v, j);
      }
    }
  }

  /** The PSF in the middle of the region. */
  PsfGrid middle() {
    return terms.get(0);
  }

  /** The same region and degree, other terms. */
  PsfField with(List<PsfGrid> others) {
    return new PsfField(List.copyOf(others), degree, centreX, centreY, scale);
  }

  /**
   * The same, each term plus a constant that brings its mean between two radii [pixel] to that of
   * another field. A constant cannot be told from the sky under a star, so the first guess decides
   * it.
   */
  PsfField pinned(PsfField to, double inner, double outer) {
    List<PsfGrid> pinned = new ArrayList<>();
    for (int t = 0; t < terms.size(); t++) {
      double wanted = to.terms.get(t).ringMean(inner, outer);
      pinned.add(terms.get(t).plus(wanted - terms.get(t).ringMean(inner, outer)));
    }
    return with(pinned);
  }

  /**
   * With given sums of the terms, and centred in the middle of the region: all terms move together
   * (a constant shift of all positions cannot be told from a shift of the PSF), and the higher ones
   * shift nothing.
   *
   * @param sums what pixel samples of each term add up to
   * @param sigma of the window that the centre is measured in [pixel]
   */
  PsfField settled(double[] sums, double sigma) {
    double[] m = middle().moments(sigma);
    PsfGrid centred = middle().recentred(m[0], m[1]);
    centred = centred.scaled(sums[0] / centred.sum());
    List<PsfGrid> settled = new ArrayList<>(List.of(centred));
    for (int t = 1; t < terms.size(); t++) {
      PsfGrid term = terms.get(t).recentred(m[0], m[1]).withoutShift(centred, sigma);
      settled.add(term.plus(centred, (sums[t] - term.sum()) / centred.sum()));
    }
    return with(settled);
  }

  /** What pixel samples of each term add up to. */
  double[] sums() {
    return terms.stream().mapToDouble(PsfGrid::sum).toArray();
  }

  /** For the kernels. */
  PsfModel model() {
    PsfGrid first = middle();
    int n = first.values.length;
    float[] basis = new float[n * terms.size()];
    for (int t = 0; t < terms.size(); t++) {
      for (int i = 0; i < n; i++) {
        basis[t * n + i] = (float) terms.get(t).values[i];
      }
    }
    return new PsfModel(first.size, first.oversampling, degree, centreX, centreY, scale, basis);
  }
}
