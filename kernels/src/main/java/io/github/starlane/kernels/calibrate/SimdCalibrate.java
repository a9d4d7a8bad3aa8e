package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.VectorAlignment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector version, row by row: a row goes through all steps while it is in the nearest cache.
 * Absent calibration frames are stood in for by a row of zeros or ones, so that the loops have no
 * branches.
 */
public final class SimdCalibrate implements Calibrate {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

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
    if (raw.width() >= LANES) {
      new Run(raw, frames, parameters, image, variance, mask).allRows();
    } else {
      plain.calibrate(raw, frames, parameters, image, variance, mask);
    }
  }

  /** The loop's constants and arrays. */
  private static final class Run {

    private final RawPixels raw;
    private final int width;
    private final RowDecoder decoder;
    private final RowLinearity linearity;
    private final Pedestal pedestal;

    /** Physical values of a row, and its counts above the zero level; maybe the same array. */
    private final float[] physical;

    private final float[] counts;
    private final float[] columns;
    private final float[] bias;
    private final float[] dark;
    private final float[] inverseFlat;
    private final int[] inherited;
    private final float[] image;
    private final float[] variance;
    private final int[] mask;

    private final float gain;
    private final float darkScale;
    private final float fixedVariance;
    private final float saturation;
    private final float nonLinear;
    private final CalibrateParameters parameters;

    Run(
        RawPixels raw,
        CalibrationFrames frames,
        CalibrateParameters parameters,
        Plane image,
        Plane variance,
        MaskPlane mask) {
      this.raw = raw;
      this.parameters = parameters;
      width = raw.width();
      decoder = new RowDecoder(raw);
      linearity = new RowLinearity(parameters.linearity());
      pedestal = frames.pedestal();
      boolean isZeroLevel =
          pedestal.level() == 0
              && pedestal.rows() == null
              && pedestal.columns() == null
              && frames.bias() == null;
      physical = new float[RowDecoder.padded(width)];
      counts =
          isZeroLevel && parameters.linearity() == null
              ? physical
              : new float[RowDecoder.padded(width)];
      columns =
          pedestal.columns() == null
              ? new float[RowDecoder.padded(width)]
              : Arrays.copyOf(pedestal.columns(), RowDecoder.padded(width));
      bias = HostPlane.pixelsOrNull(frames.bias());
      dark = frames.dark() == null ? new float[width] : HostPlane.pixels(frames.dark());
      inverseFlat = frames.inverseFlat() == null ? ones() : HostPlane.pixels(frames.inverseFlat());
      inherited = frames.mask() == null ? new int[width] : HostMaskPlane.bits(frames.mask());
      this.image = HostPlane.pixels(image);
      this.variance = HostPlane.pixelsOrNull(variance);
      this.mask = HostMaskPlane.bitsOrNull(mask);
      saturation = leastFloatNotBelow(parameters.saturation());
      nonLinear = leastFloatNotBelow(parameters.nonLinear());
      gain = (float) parameters.gain();
      darkScale = (float) parameters.darkScale();
      fixedVariance =
          (float) (parameters.readNoise() * parameters.readNoise() + parameters.extraVariance());
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
        decoder.decode(y, physical);
        if (counts != physical) {
          toCounts(y);
        }
        // Whole cache lines but for the ends, which reach over the same pixels again.
        int row = y * width;
        int first = Math.floorMod(VectorAlignment.HEAD - row, LANES);
        span(row, 0, LANES);
        span(row, first, width);
        span(row, width - LANES, width);
      }
    }

    private void toCounts(int y) {
      double ofRow = pedestal.rows() == null ? 0 : pedestal.rows()[y];
      subtract(physical, (float) (pedestal.level() + ofRow), columns, width, counts);
      if (bias != null) {
        subtract(counts, bias, y * width, width);
      }
      linearity.correct(counts, width);
    }

    private void span(int row, int from, int to) {
      int darkRow = dark.length == width ? 0 : row;
      int flatRow = inverseFlat.length == width ? 0 : row;
      if (variance == null) {
        toImage(
            counts, dark, darkRow, inverseFlat, flatRow, darkScale, gain, from, to, image, row);
      } else {
        toElectrons(row, darkRow, flatRow, from, to);
      }
      if (mask != null) {
        setBits(row, inherited.length == width ? 0 : row, from, to);
      }
    }

    private void toElectrons(int row, int darkRow, int flatRow, int from, int to) {
      FloatVector zero = FloatVector.zero(FLOATS);
      float[] dark = this.dark;
      float[] inverseFlat = this.inverseFlat;
      for (int x = from; x <= to - LANES; x += LANES) {
        FloatVector scaledDark = FloatVector.fromArray(FLOATS, dark, darkRow + x).mul(darkScale);
        FloatVector e = FloatVector.fromArray(FLOATS, counts, x).sub(scaledDark).mul(gain);
        FloatVector factor = FloatVector.fromArray(FLOATS, inverseFlat, flatRow + x);
        // 0 for finite numbers and NaN for all others: adding it makes bad pixels NaN.
        FloatVector taint = e.fma(zero, factor.mul(0f));
        e.mul(factor).add(taint).intoArray(image, row + x);
        zero.blend(e, e.compare(VectorOperators.GT, 0f))
            .add(fixedVariance)
            .mul(factor)
            .mul(factor)
            .add(taint)
            .intoArray(variance, row + x);
      }
    }

    private void setBits(int row, int inheritedRow, int from, int to) {
      IntVector none = IntVector.zero(INTS);
      for (int x = from; x <= to - LANES; x += LANES) {
        FloatVector r = FloatVector.fromArray(FLOATS, physical, x);
        FloatVector value = FloatVector.fromArray(FLOATS, image, row + x);
        // An infinite sample has no level; none is above the greatest float.
        VectorMask<Float> known = r.compare(VectorOperators.LE, Float.MAX_VALUE);
        VectorMask<Float> saturated = r.compare(VectorOperators.GE, saturation).and(known);
        VectorMask<Float> bent = r.compare(VectorOperators.GE, nonLinear).and(known);
        VectorMask<Float> unknown = value.compare(VectorOperators.NE, value);
        VectorMask<Float> negative = value.compare(VectorOperators.LT, 0f);
        IntVector.fromArray(INTS, inherited, inheritedRow + x)
            .or(none.blend(parameters.saturatedBit(), saturated.cast(INTS)))
            .or(none.blend(parameters.nonLinearBit(), bent.cast(INTS)))
            .or(none.blend(parameters.nanBit(), unknown.cast(INTS)))
            .or(none.blend(parameters.negativeBit(), negative.cast(INTS)))
            .intoArray(mask, row + x);
      }
    }
  }

  private static void subtract(
      float[] physical, float level, float[] columns, int width, float[] counts) {
    for (int x = 0; x < width; x += LANES) {
      FloatVector.fromArray(FLOATS, physical, x)
          .sub(level)
          .sub(FloatVector.fromArray(FLOATS, columns, x))
          .intoArray(counts, x);
    }
  }

  private static void subtract(float[] counts, float[] bias, int row, int width) {
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector.fromArray(FLOATS, counts, x)
          .sub(FloatVector.fromArray(FLOATS, bias, row + x))
          .intoArray(counts, x);
    }
    for (; x < width; x++) {
      counts[x] -= bias[row + x];
    }
  }

  /** (counts − scaled dark) · gain · inverse flat; NaN where something is not finite. */
  private static void toImage(
      float[] counts,
      float[] dark,
      int darkRow,
      float[] inverseFlat,
      int flatRow,
      float darkScale,
      float gain,
      int from,
      int to,
      float[] image,
      int row) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int x = from; x <= to - LANES; x += LANES) {
      FloatVector scaledDark = FloatVector.fromArray(FLOATS, dark, darkRow + x).mul(darkScale);
      FloatVector e = FloatVector.fromArray(FLOATS, counts, x).sub(scaledDark).mul(gain);
      FloatVector factor = FloatVector.fromArray(FLOATS, inverseFlat, flatRow + x);
      e.mul(factor).add(e.fma(zero, factor.mul(0f))).intoArray(image, row + x);
    }
  }
}
