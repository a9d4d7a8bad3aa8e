package io.github.starlane.kernels.fft;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One stage of a Stockham transform (radix r, decimation in frequency) of as many lines as a vector
 * has lanes; element k of all lines is the vector at {@code k · lanes}.
 *
 * <p>With m = length / r: out[q + s (r p + c)] = w^(c p) Σ_d w_r^(c d) in[q + s (p + m d)], q &lt;
 * s, p &lt; m, w = exp(−2πi / length). One class for each radix, so that C2 compiles them one by
 * one.
 */
abstract class LaneStage {

  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final int LANES = FLOATS.length();

  /** Radix, lengths in elements, and powers of w: (c − 1, p) at {@code (c − 1) · m + p}. */
  private final int radix;

  final int stride;
  final int parts;
  final float[] cosines;
  final float[] sines;

  LaneStage(int radix, int length, int stride) {
    this.radix = radix;
    this.stride = stride;
    parts = length / radix;
    cosines = new float[(radix - 1) * parts];
    sines = new float[(radix - 1) * parts];
    for (int c = 1; c < radix; c++) {
      for (int p = 0; p < parts; p++) {
        double angle = -2 * Math.PI * ((long) c * p % length) / length;
        cosines[(c - 1) * parts + p] = (float) StrictMath.cos(angle);
        sines[(c - 1) * parts + p] = (float) StrictMath.sin(angle);
      }
    }
  }

  /** Transforms from the first pair of arrays to the second. */
  abstract void run(float[] re, float[] im, float[] outRe, float[] outIm);

  /** Distance in floats between what one output combines. */
  final int inStep() {
    return parts * stride * LANES;
  }

  /** Distance in floats between the outputs of one combination. */
  final int outStep() {
    return stride * LANES;
  }

  /** Where the inputs of part p begin. */
  final int in(int p) {
    return p * stride * LANES;
  }

  /** Where the outputs of part p begin. */
  final int out(int p) {
    return p * radix * stride * LANES;
  }

  static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(FLOATS, from, at);
  }

  /** Stores (re + i im) · (c + i s). */
  static void turn(
      FloatVector re, FloatVector im, float c, float s, float[] outRe, float[] outIm, int at) {
    FloatVector cosine = FloatVector.broadcast(FLOATS, c);
    FloatVector sine = FloatVector.broadcast(FLOATS, s);
    re.mul(cosine).sub(im.mul(sine)).intoArray(outRe, at);
    re.mul(sine).add(im.mul(cosine)).intoArray(outIm, at);
  }
}
