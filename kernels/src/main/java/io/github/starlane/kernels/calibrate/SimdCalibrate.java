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
 * <p>Rows are copied as they are from the segment into an array (so that every kind of segment
 * meets the same vector loop), bytes are swapped in registers, and absent calibration frames are
 * stood in for by a row of zeros or ones (so that the loop has no branches).
 */
public final class SimdCalibrate implements Calibrate {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  private static final int LANES = FLOATS.length();

  /** Rows that are worked on together: their scratch stays in the second-level cache. */
  private static final int BAND = 16;

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

  /** One loop over the band that begins at a row. */
  private interface BandStep {
    void run(int y);
  }

  /** The loop's constants and arrays. */
  private static final class Run {

    private final RawPixels raw;
    private final int width;
    private final short[] samples;
    private final float[] physical;
    private final float[] electrons;
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
    private int rows;
    private final BandStep[] steps = {
      this::toPhysical, this::toElectrons, this::flatten, this::setBits
    };
    private final float bzero;
    private final float gain;
    private final float darkScale;
    private final float fixedVariance;
    private final float saturation;
    private final float nonLinear;
    private final int saturatedBit;
    private final int nonLinearBit;
    private final int nanBit;
    private final int negativeBit;

    /** The raw value that means BLANK; NaN, which equals nothing, for none. */
    private final float blank;

    Run(
        RawPixels raw,
        CalibrationFrames frames,
        CalibrateParameters parameters,
        Plane image,
        Plane variance,
        MaskPlane mask) {
      this.raw = raw;
      width = raw.width();
      samples = new short[BAND * width + LANES];
      physical = new float[BAND * width + LANES];
      electrons = new float[BAND * width];
      bzero = (float) raw.bzero();
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
      blank = raw.blank() == null ? Float.NaN : (float) (raw.blank() + raw.bzero());
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
      for (int y = 0; y < raw.height(); y += BAND) {
        rows = Math.min(BAND, raw.height() - y);
        for (int k = 0; k < rows; k++) {
          long from = raw.offset() + 2 * (y + k) * raw.rowStride();
          MemorySegment.copy(
              raw.segment(), ValueLayout.JAVA_SHORT_UNALIGNED, from, samples, k * width, width);
        }
        for (BandStep step : steps) {
          step.run(y);
        }
      }
    }

    // Four loops over a band instead of one over everything: C2 stops inlining in large methods,
    // and
    // vectors then become objects. The last vector of each row reaches back over the one before:
    // the
    // same pixels get the same values.

    private void toPhysical(int y) {
      FloatVector zero = FloatVector.broadcast(FLOATS, bzero);
      // Rows follow each other without gaps, and there is room for a whole vector at the end.
      for (int at = 0; at < rows * width; at += LANES) {
        ShortVector sample = ShortVector.fromArray(SHORTS, samples, at);
        ShortVector swapped =
            sample.lanewise(VectorOperators.LSHL, 8).or(sample.lanewise(VectorOperators.LSHR, 8));
        FloatVector r = toFloat(swapped).add(zero);
        r.blend(Float.NaN, r.eq(blank)).intoArray(physical, at);
      }
    }

    private void toElectrons(int y) {
      for (int k = 0; k < rows; k++) {
        float rowPedestal = pedestal == null ? 0 : pedestal[y + k];
        toElectrons(k * width, rowPedestal, (y + k) * biasStride, (y + k) * darkStride);
      }
    }

    private void toElectrons(int band, float rowPedestal, int biasRow, int darkRow) {
      for (int x = 0; x < width; x += LANES) {
        int at = Math.min(x, width - LANES);
        FloatVector dark = FloatVector.fromArray(FLOATS, this.dark, darkRow + at).mul(darkScale);
        FloatVector.fromArray(FLOATS, physical, band + at)
            .sub(rowPedestal)
            .sub(FloatVector.fromArray(FLOATS, bias, biasRow + at))
            .sub(dark)
            .mul(gain)
            .intoArray(electrons, band + at);
      }
    }

    private void flatten(int y) {
      for (int k = 0; k < rows; k++) {
        flatten(k * width, (y + k) * flatStride, (y + k) * width);
      }
    }

    private void flatten(int band, int flatRow, int out) {
      for (int x = 0; x < width; x += LANES) {
        int at = Math.min(x, width - LANES);
        FloatVector e = FloatVector.fromArray(FLOATS, electrons, band + at);
        FloatVector factor = FloatVector.fromArray(FLOATS, inverseFlat, flatRow + at);
        // 0 for finite numbers and NaN for all others: adding it makes bad pixels NaN.
        FloatVector taint = e.mul(0f).add(factor.mul(0f));
        e.mul(factor).add(taint).intoArray(image, out + at);
        e.max(0f)
            .add(fixedVariance)
            .mul(factor)
            .mul(factor)
            .add(taint)
            .intoArray(variance, out + at);
      }
    }

    private void setBits(int y) {
      for (int k = 0; k < rows; k++) {
        setBits(k * width, (y + k) * maskStride, (y + k) * width);
      }
    }

    private void setBits(int band, int maskRow, int out) {
      for (int x = 0; x < width; x += LANES) {
        int at = Math.min(x, width - LANES);
        FloatVector r = FloatVector.fromArray(FLOATS, physical, band + at);
        FloatVector value = FloatVector.fromArray(FLOATS, image, out + at);
        IntVector.fromArray(INTS, inherited, maskRow + at)
            .or(bitWhere(saturatedBit, r.compare(VectorOperators.GE, saturation)))
            .or(bitWhere(nonLinearBit, r.compare(VectorOperators.GE, nonLinear)))
            .or(bitWhere(negativeBit, value.lt(0f)))
            .or(bitWhere(nanBit, value.compare(VectorOperators.NE, value)))
            .intoArray(mask, out + at);
      }
    }
  }

  private static FloatVector toFloat(ShortVector samples) {
    return (FloatVector) samples.convertShape(VectorOperators.S2F, FLOATS, 0);
  }

  private static IntVector bitWhere(int bit, VectorMask<Float> where) {
    return IntVector.zero(INTS).blend(bit, where.cast(INTS));
  }
}
