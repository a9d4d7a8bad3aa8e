package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector version for 16-bit samples with BSCALE 1 and a whole BZERO, which is what cameras
 * write; anything else goes to the plain version.
 *
 * <p>A row is copied as it is from the segment into an array (so that every kind of segment meets
 * the same vector loop), bytes are swapped in registers, and absent calibration frames are stood in
 * for by a row of zeros or ones (so that the loop has no branches).
 */
public final class SimdCalibrate implements Calibrate {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  private static final int LANES = FLOATS.length();
  private static final VectorMask<Integer> NONE = INTS.maskAll(false);

  /** Whole numbers up to here are exact in float32, sums of sample and BZERO included. */
  private static final double LARGEST_EXACT_ZERO = 1 << 23;

  private final Calibrate plain = new ScalarCalibrate();

  @Override
  public void calibrate(
      RawPixels raw,
      CalibrationFrames frames,
      CalibrateParameters parameters,
      Plane image,
      Plane variance,
      MaskPlane mask) {
    CalibrateChecks.require(raw, frames, image, variance, mask);
    if (isVectorised(raw)) {
      new Run(raw, frames, parameters, image, variance, mask).allRows();
    } else {
      plain.calibrate(raw, frames, parameters, image, variance, mask);
    }
  }

  private static boolean isVectorised(RawPixels raw) {
    return raw.format() == RawPixels.SampleFormat.INT16
        && raw.width() >= LANES
        && raw.bscale() == 1
        && raw.bzero() == Math.rint(raw.bzero())
        && Math.abs(raw.bzero()) <= LARGEST_EXACT_ZERO;
  }

  /** The loop's constants and arrays. */
  private static final class Run {

    private final RawPixels raw;
    private final int width;
    private final short[] samples;
    private final float[] bias;
    private final float[] dark;
    private final float[] inverseFlat;
    private final int[] inherited;
    private final int biasStride;
    private final int darkStride;
    private final int flatStride;
    private final int maskStride;
    private final float[] pedestal;
    private final float[] image;
    private final float[] variance;
    private final int[] mask;
    private final float gain;
    private final float darkScale;
    private final float fixedVariance;
    private final float saturation;
    private final float nonLinear;
    private final int saturatedBit;
    private final int nonLinearBit;
    private final int nanBit;
    private final int negativeBit;
    private final boolean hasBlank;
    private final short blank;

    Run(
        RawPixels raw,
        CalibrationFrames frames,
        CalibrateParameters parameters,
        Plane image,
        Plane variance,
        MaskPlane mask) {
      this.raw = raw;
      width = raw.width();
      samples = new short[width];
      bias = frames.bias() == null ? new float[width] : HostPlane.pixels(frames.bias());
      dark = frames.dark() == null ? new float[width] : HostPlane.pixels(frames.dark());
      inverseFlat = frames.inverseFlat() == null ? ones() : HostPlane.pixels(frames.inverseFlat());
      inherited = frames.mask() == null ? new int[width] : HostMaskPlane.bits(frames.mask());
      biasStride = frames.bias() == null ? 0 : width;
      darkStride = frames.dark() == null ? 0 : width;
      flatStride = frames.inverseFlat() == null ? 0 : width;
      maskStride = frames.mask() == null ? 0 : width;
      pedestal = frames.rowPedestal();
      this.image = HostPlane.pixels(image);
      this.variance = HostPlane.pixels(variance);
      this.mask = HostMaskPlane.bits(mask);
      saturation = leastFloatNotBelow(parameters.saturation());
      nonLinear = leastFloatNotBelow(parameters.nonLinear());
      gain = (float) parameters.gain();
      darkScale = (float) parameters.darkScale();
      fixedVariance =
          (float) (parameters.readNoise() * parameters.readNoise() + parameters.extraVariance());
      saturatedBit = parameters.saturatedBit();
      nonLinearBit = parameters.nonLinearBit();
      nanBit = parameters.nanBit();
      negativeBit = parameters.negativeBit();
      Long given = raw.blank();
      hasBlank = given != null && given >= Short.MIN_VALUE && given <= Short.MAX_VALUE;
      blank = hasBlank ? given.shortValue() : 0;
    }

    private float[] ones() {
      float[] ones = new float[width];
      Arrays.fill(ones, 1);
      return ones;
    }

    /** Comparing a float with this is the same as comparing it with the double. */
    private static float leastFloatNotBelow(double limit) {
      float rounded = (float) limit;
      return rounded < limit ? Math.nextUp(rounded) : rounded;
    }

    void allRows() {
      for (int y = 0; y < raw.height(); y++) {
        long from = raw.offset() + 2 * y * raw.rowStride();
        MemorySegment.copy(
            raw.segment(), ValueLayout.JAVA_SHORT_UNALIGNED, from, samples, 0, width);
        row(y);
      }
    }

    private void row(int y) {
      int out = y * width;
      FloatVector zero = FloatVector.broadcast(FLOATS, (float) raw.bzero());
      FloatVector rowPedestal = FloatVector.broadcast(FLOATS, pedestal == null ? 0 : pedestal[y]);
      // The last vector reaches back over the one before: the same pixels get the same values.
      for (int x = 0; x < width; x += LANES) {
        int at = Math.min(x, width - LANES);
        ShortVector sample = ShortVector.fromArray(SHORTS, samples, at);
        ShortVector swapped =
            sample.lanewise(VectorOperators.LSHL, 8).or(sample.lanewise(VectorOperators.LSHR, 8));
        FloatVector r = toFloat(swapped).add(zero);
        IntVector bits = IntVector.fromArray(INTS, inherited, y * maskStride + at);
        FloatVector adu =
            r.sub(rowPedestal)
                .sub(FloatVector.fromArray(FLOATS, bias, y * biasStride + at))
                .sub(FloatVector.fromArray(FLOATS, dark, y * darkStride + at).mul(darkScale));
        FloatVector factor = FloatVector.fromArray(FLOATS, inverseFlat, y * flatStride + at);
        VectorMask<Integer> blanks = swapped.eq(blank).cast(INTS);
        finish(r, adu, factor, bits, hasBlank ? blanks : NONE, out + at);
      }
    }

    private void finish(
        FloatVector r,
        FloatVector adu,
        FloatVector factor,
        IntVector bits,
        VectorMask<Integer> blanks,
        int out) {
      FloatVector electrons = adu.mul(gain);
      FloatVector value = electrons.mul(factor);
      FloatVector noise = electrons.max(0f).add(fixedVariance).mul(factor).mul(factor);
      // x · 0 is 0 for finite x and NaN for all others.
      VectorMask<Integer> notFinite =
          electrons.mul(0f).add(factor.mul(0f)).test(VectorOperators.IS_NAN).cast(INTS);
      VectorMask<Integer> bad = notFinite.or(blanks);
      VectorMask<Float> badFloats = bad.cast(FLOATS);
      VectorMask<Integer> saturated = r.compare(VectorOperators.GE, saturation).cast(INTS);
      VectorMask<Integer> bent = r.compare(VectorOperators.GE, nonLinear).cast(INTS);
      VectorMask<Integer> negative = value.lt(0f).cast(INTS);
      value.blend(Float.NaN, badFloats).intoArray(image, out);
      noise.blend(Float.NaN, badFloats).intoArray(variance, out);
      bits.or(bitWhere(saturatedBit, saturated.andNot(blanks)))
          .or(bitWhere(nonLinearBit, bent.andNot(blanks)))
          .or(bitWhere(negativeBit, negative.andNot(bad)))
          .or(bitWhere(nanBit, bad))
          .intoArray(mask, out);
    }
  }

  private static FloatVector toFloat(ShortVector samples) {
    return (FloatVector) samples.convertShape(VectorOperators.S2F, FLOATS, 0);
  }

  private static IntVector bitWhere(int bit, VectorMask<Integer> where) {
    return IntVector.zero(INTS).blend(bit, where);
  }
}
