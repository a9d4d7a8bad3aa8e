package io.github.starlane.kernels.resample;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Normalised Lanczos-3 weights of many phases at once, by polynomials: wrong by less than 2e-7, and
 * exactly 0 and 1 at whole pixels.
 *
 * <p>With phase f and t = f − ½ the weights are
 *
 * <pre>
 *   w(k)     = linear(k) + f (1 − f) (even(k, t²) + t · odd(k, t²))
 *   w(5 − k) = linear(5 − k) + f (1 − f) (even(k, t²) − t · odd(k, t²))
 * </pre>
 *
 * <p>where linear is 1 − f for tap 2, f for tap 3 and else 0. The three even parts add up to 0
 * because the weights add up to 1. Interpolated at Chebyshev nodes, a degree of 4 in t² leaves
 * 1.4e-8.
 */
final class LaneWeights {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int TERMS = 5;

  /** Coefficients, lowest power first, of even 0, even 1, odd 0, odd 1, odd 2. */
  private static final float[] COEFFICIENTS = fit();

  private LaneWeights() {}

  /** Floats that the weights of so many phases take. */
  static int size(int phases) {
    return Lanczos.TAPS * phases;
  }

  /**
   * Writes the weights of the phases from {@code from} to before {@code to}, a vector of them after
   * the other; of each vector tap k comes k vectors after the first.
   *
   * @param phaseX 0 … 1, both included
   * @param phaseY likewise
   */
  static void fill(float[] phaseX, float[] phaseY, int from, int to, float[] outX, float[] outY) {
    for (int axis = 0; axis < 2; axis++) {
      float[] phase = axis == 0 ? phaseX : phaseY;
      float[] out = axis == 0 ? outX : outY;
      for (int x = from; x < to; x += LANES) {
        weights(phase, x, out, (x - from) * Lanczos.TAPS);
      }
    }
  }

  private static void weights(float[] phase, int at, float[] out, int to) {
    FloatVector f = FloatVector.fromArray(FLOATS, phase, at);
    FloatVector t = f.sub(0.5f);
    FloatVector s = t.mul(t);
    FloatVector bump = f.sub(f.mul(f));
    FloatVector slope = t.mul(bump);
    FloatVector even0 = polynomial(0, s).mul(bump);
    FloatVector odd0 = polynomial(2, s).mul(slope);
    even0.add(odd0).intoArray(out, to);
    even0.sub(odd0).intoArray(out, to + 5 * LANES);
    FloatVector even1 = polynomial(1, s).mul(bump);
    FloatVector odd1 = polynomial(3, s).mul(slope);
    even1.add(odd1).intoArray(out, to + LANES);
    even1.sub(odd1).intoArray(out, to + 4 * LANES);
    FloatVector even2 = even0.add(even1);
    FloatVector odd2 = polynomial(4, s).mul(slope);
    odd2.sub(even2).sub(f).add(1).intoArray(out, to + 2 * LANES);
    f.sub(even2).sub(odd2).intoArray(out, to + 3 * LANES);
  }

  /** Squares the weights that there is room for. */
  static void square(float[] weights, float[] squares) {
    for (int k = 0; k < squares.length; k++) {
      squares[k] = weights[k] * weights[k];
    }
  }

  private static FloatVector polynomial(int which, FloatVector s) {
    int at = which * TERMS;
    FloatVector sum = FloatVector.broadcast(FLOATS, COEFFICIENTS[at + 4]);
    sum = sum.fma(s, FloatVector.broadcast(FLOATS, COEFFICIENTS[at + 3]));
    sum = sum.fma(s, FloatVector.broadcast(FLOATS, COEFFICIENTS[at + 2]));
    sum = sum.fma(s, FloatVector.broadcast(FLOATS, COEFFICIENTS[at + 1]));
    return sum.fma(s, FloatVector.broadcast(FLOATS, COEFFICIENTS[at]));
  }

  private static float[] fit() {
    double[] nodes = new double[TERMS];
    double[][] values = new double[5][TERMS];
    double[] weights = new double[Lanczos.TAPS];
    for (int n = 0; n < TERMS; n++) {
      nodes[n] = 0.125 * (1 - Math.cos((2 * n + 1) * Math.PI / (2 * TERMS)));
      double t = Math.sqrt(nodes[n]);
      double f = t + 0.5;
      Lanczos.weights(f, weights);
      weights[2] -= 1 - f;
      weights[3] -= f;
      for (int k = 0; k < 3; k++) {
        double left = weights[k] / (f * (1 - f));
        double right = weights[5 - k] / (f * (1 - f));
        values[2 + k][n] = (left - right) / (2 * t);
        if (k < 2) {
          values[k][n] = (left + right) / 2;
        }
      }
    }
    float[] all = new float[values.length * TERMS];
    for (int p = 0; p < values.length; p++) {
      double[] coefficients = interpolate(nodes, values[p]);
      for (int n = 0; n < TERMS; n++) {
        all[p * TERMS + n] = (float) coefficients[n];
      }
    }
    return all;
  }

  /** Coefficients of the polynomial through some points, by Newton's divided differences. */
  private static double[] interpolate(double[] nodes, double[] values) {
    int n = nodes.length;
    double[] differences = values.clone();
    for (int order = 1; order < n; order++) {
      for (int i = n - 1; i >= order; i--) {
        differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - order]);
      }
    }
    double[] coefficients = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      for (int k = n - 1; k > 0; k--) {
        coefficients[k] = coefficients[k - 1] - nodes[i] * coefficients[k];
      }
      coefficients[0] = differences[i] - nodes[i] * coefficients[0];
    }
    return coefficients;
  }
}
