package io.github.starlane.kernels.calibrate;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of big-endian samples to physical values. A row is copied as it is from the segment into an
 * array, so that every kind of segment meets the same vector loop; bytes are swapped in registers.
 */
final class RowDecoder {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final VectorSpecies<Short> SHORTS = species(short.class, 2);
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int PAIR_LANES = DOUBLES.length();
  private static final VectorSpecies<Float> HALF_FLOATS = species(float.class, 2);
  private static final VectorSpecies<Integer> HALF_INTS = species(int.class, 2);

  /** Whole numbers up to here are exact in float32, sums of a 16-bit sample and BZERO included. */
  private static final double LARGEST_EXACT_ZERO = 1 << 23;

  private final RawPixels raw;
  private final int width;
  private final byte[] bytes;
  private final short[] shorts;
  private final int[] ints;

  /** Whether samples have 16 bits and become values by adding a whole number. */
  final boolean isShifted;

  /** The float32 value that means BLANK; NaN, which equals nothing, for none. */
  final float blankValue;

  RowDecoder(RawPixels raw) {
    this.raw = raw;
    width = raw.width();
    RawPixels.SampleFormat format = raw.format();
    bytes = new byte[format == RawPixels.SampleFormat.UINT8 ? width : 0];
    shorts = new short[format == RawPixels.SampleFormat.INT16 ? padded(width) : 0];
    ints = new int[padded(width)];
    isShifted =
        format == RawPixels.SampleFormat.INT16
            && raw.bscale() == 1
            && raw.bzero() == Math.rint(raw.bzero())
            && Math.abs(raw.bzero()) <= LARGEST_EXACT_ZERO;
    boolean hasBlank = raw.blank() != null && raw.blank() == raw.blank().shortValue();
    blankValue = hasBlank ? (float) (raw.blank() + raw.bzero()) : Float.NaN;
  }

  private static <T> VectorSpecies<T> species(Class<T> type, int part) {
    return VectorSpecies.of(
        type, VectorShape.forBitSize(FloatVector.SPECIES_PREFERRED.vectorBitSize() / part));
  }

  /** Length of scratch for a row, so that a last vector may reach beyond its end. */
  static int padded(int width) {
    return width + LANES;
  }

  /** Values of a row, from {@code at} on; {@code out} is padded. */
  void decode(int y, float[] out, int at) {
    long from = raw.offset() + y * raw.rowStride() * raw.format().bytes();
    MemorySegment segment = raw.segment();
    switch (raw.format()) {
      case UINT8 -> {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, bytes, 0, width);
        widen(bytes, ints);
        scale(out, at);
      }
      case INT16 -> {
        MemorySegment.copy(segment, ValueLayout.JAVA_SHORT_UNALIGNED, from, shorts, 0, width);
        if (isShifted) {
          shift(shorts, width, (float) raw.bzero(), blankValue, out, at);
        } else {
          widen(shorts, width, ints);
          scale(out, at);
        }
      }
      case INT32 -> {
        MemorySegment.copy(segment, ValueLayout.JAVA_INT_UNALIGNED, from, ints, 0, width);
        swap(ints, width);
        scale(out, at);
      }
      case FLOAT32 -> {
        MemorySegment.copy(segment, ValueLayout.JAVA_INT_UNALIGNED, from, ints, 0, width);
        swap(ints, width, out, at);
        if (raw.bscale() != 1 || raw.bzero() != 0) {
          scale(out, at, width, raw.bscale(), raw.bzero());
        }
      }
      case INT64, FLOAT64 -> {
        for (int x = 0; x < width; x++) {
          out[at + x] = (float) raw.value(x, y);
        }
      }
    }
  }

  private static void shift(
      short[] samples, int width, float zero, float blank, float[] out, int at) {
    FloatVector offset = FloatVector.broadcast(FLOATS, zero);
    for (int x = 0; x < width; x += LANES) {
      FloatVector value =
          (FloatVector) swapped(samples, x).convertShape(VectorOperators.S2F, FLOATS, 0);
      value = value.add(offset);
      value.blend(Float.NaN, value.compare(VectorOperators.EQ, blank)).intoArray(out, at + x);
    }
  }

  static ShortVector swapped(short[] samples, int x) {
    ShortVector sample = ShortVector.fromArray(SHORTS, samples, x);
    return sample.lanewise(VectorOperators.LSHL, 8).or(sample.lanewise(VectorOperators.LSHR, 8));
  }

  private static void widen(short[] samples, int width, int[] out) {
    for (int x = 0; x < width; x += LANES) {
      ((IntVector) swapped(samples, x).convertShape(VectorOperators.S2I, INTS, 0))
          .intoArray(out, x);
    }
  }

  private static void widen(byte[] samples, int[] out) {
    for (int x = 0; x < samples.length; x++) {
      out[x] = samples[x] & 0xff;
    }
  }

  private static void swap(int[] samples, int width) {
    for (int x = 0; x < width; x += LANES) {
      IntVector.fromArray(INTS, samples, x)
          .lanewise(VectorOperators.REVERSE_BYTES)
          .intoArray(samples, x);
    }
  }

  private static void swap(int[] samples, int width, float[] out, int at) {
    for (int x = 0; x < width; x += LANES) {
      IntVector.fromArray(INTS, samples, x)
          .lanewise(VectorOperators.REVERSE_BYTES)
          .reinterpretAsFloats()
          .intoArray(out, at + x);
    }
  }

  /** Whole samples to values, in double precision: float32 does not hold 32-bit samples. */
  private void scale(float[] out, int at) {
    boolean hasBlank = raw.blank() != null && raw.blank() == raw.blank().intValue();
    int blank = hasBlank ? raw.blank().intValue() : 0;
    scale(ints, width, raw.bscale(), raw.bzero(), hasBlank, blank, out, at);
  }

  private static void scale(
      int[] samples,
      int width,
      double bscale,
      double bzero,
      boolean hasBlank,
      int blank,
      float[] out,
      int at) {
    for (int x = 0; x < width; x += PAIR_LANES) {
      IntVector sample = IntVector.fromArray(HALF_INTS, samples, x);
      DoubleVector exact = (DoubleVector) sample.convertShape(VectorOperators.I2D, DOUBLES, 0);
      FloatVector value = toFloat(exact, bscale, bzero);
      if (hasBlank) {
        VectorMask<Float> unknown = sample.compare(VectorOperators.EQ, blank).cast(HALF_FLOATS);
        value = value.blend(Float.NaN, unknown);
      }
      value.intoArray(out, at + x);
    }
  }

  private static void scale(float[] values, int at, int width, double bscale, double bzero) {
    for (int x = at; x < at + width; x += PAIR_LANES) {
      FloatVector value = FloatVector.fromArray(HALF_FLOATS, values, x);
      DoubleVector exact = (DoubleVector) value.convertShape(VectorOperators.F2D, DOUBLES, 0);
      toFloat(exact, bscale, bzero).intoArray(values, x);
    }
  }

  private static FloatVector toFloat(DoubleVector sample, double bscale, double bzero) {
    return (FloatVector)
        sample.mul(bscale).add(bzero).convertShape(VectorOperators.D2F, HALF_FLOATS, 0);
  }
}
