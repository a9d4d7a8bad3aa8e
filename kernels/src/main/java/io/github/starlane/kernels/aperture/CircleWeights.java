package io.github.starlane.kernels.aperture;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exact overlaps of a circle with all pixels of a box.
 *
 * <p>C(X, Y), the signed area of the circle between its centre and a point (X, Y), gives the
 * overlap with a pixel as a sum over its four corners, and neighbours share corners. Where the
 * corner lies outside of the circle, C consists of parts that depend on its column or its row
 * alone: the arc sines, all that is slow, are needed once for each column and each row. Mutable.
 */
final class CircleWeights {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();

  /** Overlaps below this are rounding errors. */
  private static final double NOTHING = 1e-12;

  /** The box: first column and row, and how many; set by {@link #of}. */
  int x0;

  int y0;
  int columns;
  int rows;

  /** Distance between rows; a whole number of vectors. */
  int stride;

  /** Overlaps, row by row. */
  double[] weights = new double[0];

  private double[] side = new double[0];
  private double[] sign = new double[0];
  private double[] arc = new double[0];
  private double[] above = new double[0];
  private double[] below = new double[0];

  /** Finds the box of a circle, in the coordinates of its centre, and the overlaps in it. */
  void of(double x, double y, double radius) {
    x0 = (int) Math.floor(x - radius + 0.5);
    y0 = (int) Math.floor(y - radius + 0.5);
    columns = (int) Math.ceil(x + radius - 0.5) - x0 + 1;
    rows = (int) Math.ceil(y + radius - 0.5) - y0 + 1;
    stride = (columns + LANES - 1) / LANES * LANES;
    makeRoom();
    for (int i = 0; i < stride + LANES; i++) {
      double edge = x0 + i - 0.5 - x;
      side[i] = Math.min(Math.abs(edge), radius);
      sign[i] = Math.signum(edge);
      arc[i] = i <= columns ? underArc(side[i], radius) : 0;
    }
    cornerRow(y0 - 0.5 - y, radius, below);
    for (int j = 0; j < rows; j++) {
      cornerRow(y0 + j + 0.5 - y, radius, above);
      subtractCorners(above, below, weights, j * stride, stride);
      double[] spare = below;
      below = above;
      above = spare;
    }
  }

  private void makeRoom() {
    if (side.length < stride + LANES) {
      side = new double[stride + LANES];
      sign = new double[stride + LANES];
      arc = new double[stride + LANES];
      above = new double[stride + 2 * LANES];
      below = new double[stride + 2 * LANES];
    }
    if (weights.length < stride * rows) {
      weights = new double[stride * rows];
    }
  }

  private void cornerRow(double edge, double radius, double[] corners) {
    double b = Math.min(Math.abs(edge), radius);
    // The circle leaves the row's edge at t; beyond it the area lies under the arc.
    double t = Math.sqrt(Math.max(0, radius * radius - b * b));
    double outside = b * t - underArc(t, radius);
    corners(side, sign, arc, b, outside, Math.signum(edge), radius * radius, corners, stride);
  }

  private static void corners(
      double[] side,
      double[] sign,
      double[] arc,
      double b,
      double outside,
      double signOfRow,
      double square,
      double[] corners,
      int columns) {
    for (int i = 0; i < columns + LANES; i += LANES) {
      DoubleVector a = DoubleVector.fromArray(DOUBLES, side, i);
      VectorMask<Double> inside = a.mul(a).add(b * b).compare(VectorOperators.LE, square);
      DoubleVector.fromArray(DOUBLES, arc, i)
          .add(outside)
          .blend(a.mul(b), inside)
          .mul(DoubleVector.fromArray(DOUBLES, sign, i))
          .mul(signOfRow)
          .intoArray(corners, i);
    }
  }

  private static void subtractCorners(
      double[] above, double[] below, double[] weights, int to, int columns) {
    for (int i = 0; i < columns; i += LANES) {
      DoubleVector upper =
          DoubleVector.fromArray(DOUBLES, above, i + 1)
              .sub(DoubleVector.fromArray(DOUBLES, above, i));
      DoubleVector lower =
          DoubleVector.fromArray(DOUBLES, below, i + 1)
              .sub(DoubleVector.fromArray(DOUBLES, below, i));
      DoubleVector overlap = upper.sub(lower);
      overlap.blend(0, overlap.compare(VectorOperators.LT, NOTHING)).intoArray(weights, to + i);
    }
  }

  /** ∫₀ᵗ √(r² − s²) ds. */
  private static double underArc(double t, double r) {
    double s = Math.min(t, r);
    return 0.5 * (s * Math.sqrt(Math.max(0, r * r - s * s)) + r * r * Math.asin(s / r));
  }
}
