package io.github.starlane.core.psf;

import io.github.starlane.kernels.psffit.PsfModel;
import java.util.ArrayList;
import java.util.List;

/**
 * A PSF that varies over the image as a polynomial of position: one grid per term 1, u, v, u², uv,
 * v² …, with u = (x − centreX) / scale and v = (y − centreY) / scale.
 *
 * @param terms one grid per term, all of one size
 * @param degree of the polynomial
 * @param centreX see above [pixel]
 * @param centreY see above [pixel]
 * @param scale see above [pixel]
 */
record PsfField(List<PsfGrid> terms, int degree, double centreX, double centreY, double scale) {

  /**
   * The same PSF everywhere, with room for a polynomial of that degree over an image of that size.
   */
  static PsfField constant(PsfGrid grid, int degree, int width, int height) {
    List<PsfGrid> terms = new ArrayList<>(List.of(grid));
    while (terms.size() < count(degree)) {
      terms.add(new PsfGrid(grid.size, grid.oversampling));
    }
    return new PsfField(
        terms, degree, (width - 1) / 2.0, (height - 1) / 2.0, Math.max(width, height) / 2.0);
  }

  static int count(int degree) {
    return (degree + 1) * (degree + 2) / 2;
  }

  /** Values of the terms at a position [pixel]. */
  double[] powers(double x, double y) {
    double u = (x - centreX) / scale;
    double v = (y - centreY) / scale;
    double[] p = new double[terms.size()];
    int k = 0;
    for (int total = 0; total <= degree; total++) {
      for (int j = 0; j <= total; j++) {
        p[k++] = Math.pow(u, total - j) * Math.pow(v, j);
      }
    }
    return p;
  }

  /** The PSF at a position [pixel]. */
  PsfGrid at(double x, double y) {
    double[] p = powers(x, y);
    PsfGrid first = terms.get(0);
    PsfGrid sum = new PsfGrid(first.size, first.oversampling);
    for (int t = 0; t < p.length; t++) {
      double[] values = terms.get(t).values;
      for (int i = 0; i < values.length; i++) {
        sum.values[i] += p[t] * values[i];
      }
    }
    return sum;
  }

  /** The PSF in the middle of the image. */
  PsfGrid middle() {
    return terms.get(0);
  }

  /** The same, with the middle pinned, see {@link PsfGrid#pinned}. */
  PsfField pinned(PsfGrid to, double inner, double outer) {
    List<PsfGrid> pinned = new ArrayList<>(terms);
    pinned.set(0, middle().pinned(to, inner, outer));
    return new PsfField(pinned, degree, centreX, centreY, scale);
  }

  /**
   * Unit flux everywhere, and centred in the middle of the image: the sums over the higher terms
   * vanish, and all terms move together (a constant shift of all positions cannot be told from a
   * shift of the PSF).
   */
  PsfField settled(double sigma) {
    PsfGrid middle = middle().normalised();
    double[] m = middle.moments(Math.max(1, sigma));
    PsfGrid centred = middle.recentred(m[0], m[1]).normalised();
    List<PsfGrid> settled = new ArrayList<>(List.of(centred));
    for (PsfGrid term : terms.subList(1, terms.size())) {
      settled.add(
          term.recentred(m[0], m[1])
              .withoutFlux(centred)
              .withoutShift(centred, Math.max(1, sigma)));
    }
    return new PsfField(settled, degree, centreX, centreY, scale);
  }

  /** For the kernels. */
  PsfModel model() {
    PsfGrid first = middle();
    int n = first.values.length;
    float[] basis = new float[n * terms.size()];
    for (int t = 0; t < terms.size(); t++) {
      System.arraycopy(terms.get(t).toFloats(), 0, basis, t * n, n);
    }
    return new PsfModel(first.size, first.oversampling, degree, centreX, centreY, scale, basis);
  }
}
