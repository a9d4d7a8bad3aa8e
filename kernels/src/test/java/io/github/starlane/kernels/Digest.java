package io.github.starlane.kernels;

/** A 64-bit hash of the bits of numbers, NaN as they are. */
final class Digest {

  private long value = 1;

  long value() {
    return value;
  }

  private void mix(long bits) {
    value = (value ^ bits) * 0x9E3779B97F4A7C15L;
    value ^= value >>> 29;
  }

  Digest add(float[] values) {
    for (float v : values) {
      mix(Float.floatToRawIntBits(v));
    }
    return this;
  }

  Digest add(double[] values) {
    for (double v : values) {
      mix(Double.doubleToRawLongBits(v));
    }
    return this;
  }

  Digest add(int[] values) {
    for (int v : values) {
      mix(v);
    }
    return this;
  }
}
