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
 * The vector version. A few rows at a time go through all steps while they are in a near cache; a
 * row alone would be read again before the processor is done with writing it, which stalls. Absent
 * calibration frames are stood in for by a row of zeros or ones, so that the loops have no
 * branches.
 */
public final class SimdCalibrate implements Calibrate {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Pixels of a band, more or less. */
  private static final int BAND = 1 << 13;

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

    /** Rows of the band, one after the other, and how far apart they begin in the scratch. */
    private final int rows;

    private final int stride;

    /** Physical values of the band, and its counts above the zero level; maybe the same array. */
    private final float[] physical;

    private final float[] counts;
    private final boolean isCount;
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
      stride = RowDecoder.padded(width);
      rows = Math.max(1, Math.min(raw.height(), BAND / width));
      physical = new float[rows * stride];
      isCount = isZeroLevel && parameters.linearity() == null;
      counts = isCount ? physical : new float[rows * stride];
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
      boolean isLevel =
          pedestal.columns() == null && bias == null && parameters.linearity() == null;
      if (isLevel && decoder.isShifted && variance == null && mask == null) {
        directly();
        return;
      }
      for (int y = 0; y < raw.height(); y += rows) {
        int end = Math.min(rows, raw.height() - y);
        for (int k = 0; k < end; k++) {
          decoder.decode(y + k, physical, k * stride);
        }
        for (int k = 0; k < end && !isCount; k++) {
          toCounts(y + k, k * stride);
        }
        for (int k = 0; k < end; k++) {
          toElectrons((y + k) * width, k * stride);
        }
        for (int k = 0; k < end && mask != null; k++) {
          setBits((y + k) * width, k * stride);
        }
      }
    }

    private void directly() {
      DirectRows direct = new DirectRows(raw, decoder.blankValue);
      for (int y = 0; y < raw.height(); y++) {
        int row = y * width;
        DirectRows.Planes planes =
            new DirectRows.Planes(
                dark,
                dark.length == width ? 0 : row,
                inverseFlat,
                inverseFlat.length == width ? 0 : row);
        direct.toImage(y, level(y), planes, darkScale, gain, firstWhole(row), image);
      }
    }

    private float level(int y) {
      double ofRow = pedestal.rows() == null ? 0 : pedestal.rows()[y];
      return (float) (pedestal.level() + ofRow);
    }

    private void toCounts(int y, int at) {
      subtract(physical, level(y), columns, width, counts, at);
      if (bias != null) {
        subtract(counts, at, bias, y * width, width);
      }
      linearity.correct(counts, at, width);
    }

    // Whole cache lines of the planes but for the ends, which reach over the same pixels again.

    private void toElectrons(int row, int at) {
      toElectrons(row, at, 0, LANES);
      toElectrons(row, at, firstWhole(row), width);
      toElectrons(row, at, width - LANES, width);
    }

    private void setBits(int row, int at) {
      setBits(row, at, 0, LANES);
      setBits(row, at, firstWhole(row), width);
      setBits(row, at, width - LANES, width);
    }

    private static int firstWhole(int row) {
      return Math.floorMod(VectorAlignment.HEAD - row, LANES);
    }

    private void toElectrons(int row, int at, int from, int to) {
      int darkRow = dark.length == width ? 0 : row;
      int flatRow = inverseFlat.length == width ? 0 : row;
      if (variance == null) {
        toImage(counts, at, dark, darkRow, inverseFlat, flatRow, from, to, row);
      } else {
        toImageAndVariance(counts, at, dark, darkRow, inverseFlat, flatRow, from, to, row);
      }
    }

    private void toImage(
        float[] counts,
        int at,
        float[] dark,
        int darkRow,
        float[] inverseFlat,
        int flatRow,
        int from,
        int to,
        int row) {
      FloatVector zero = FloatVector.zero(FLOATS);
      for (int x = from; x <= to - LANES; x += LANES) {
        FloatVector scaledDark = FloatVector.fromArray(FLOATS, dark, darkRow + x).mul(darkScale);
        FloatVector e = FloatVector.fromArray(FLOATS, counts, at + x).sub(scaledDark).mul(gain);
        FloatVector factor = FloatVector.fromArray(FLOATS, inverseFlat, flatRow + x);
        e.mul(factor).add(e.fma(zero, factor.mul(0f))).intoArray(image, row + x);
      }
    }

    private void toImageAndVariance(
        float[] counts,
        int at,
        float[] dark,
        int darkRow,
        float[] inverseFlat,
        int flatRow,
        int from,
        int to,
        int row) {
      FloatVector zero = FloatVector.zero(FLOATS);
      for (int x = from; x <= to - LANES; x += LANES) {
        FloatVector scaledDark = FloatVector.fromArray(FLOATS, dark, darkRow + x).mul(darkScale);
        FloatVector e = FloatVector.fromArray(FLOATS, counts, at + x).sub(scaledDark).mul(gain);
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

    private void setBits(int row, int at, int from, int to) {
      int inheritedRow = inherited.length == width ? 0 : row;
      IntVector none = IntVector.zero(INTS);
      for (int x = from; x <= to - LANES; x += LANES) {
        FloatVector r = FloatVector.fromArray(FLOATS, physical, at + x);
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
      float[] physical, float level, float[] columns, int width, float[] counts, int at) {
    for (int x = 0; x < width; x += LANES) {
      FloatVector.fromArray(FLOATS, physical, at + x)
          .sub(level)
          .sub(FloatVector.fromArray(FLOATS, columns, x))
          .intoArray(counts, at + x);
    }
  }

  private static void subtract(float[] counts, int at, float[] bias, int row, int width) {
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector.fromArray(FLOATS, counts, at + x)
          .sub(FloatVector.fromArray(FLOATS, bias, row + x))
          .intoArray(counts, at + x);
    }
    for (; x < width; x++) {
      counts[at + x] -= bias[row + x];
    }
  }
}
