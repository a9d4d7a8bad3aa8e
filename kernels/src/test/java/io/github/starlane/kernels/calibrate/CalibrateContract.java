package io.github.starlane.kernels.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Compare;
import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Planes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend's {@link Calibrate} must do. */
public abstract class CalibrateContract {

  private static final CalibrateParameters PARAMETERS =
      new CalibrateParameters(0.9, 3.5, 2, 0.5, 60000.0, 50000, 1, 2, 4, 8, null);
  private static final double DEEPEST_COUNT = 65536;

  /** The backend under test. */
  protected abstract Backend backend();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "2, 3",
    "7, 5",
    "13, 31",
    "16, 16",
    "31, 7",
    "257, 13",
    "1031, 40",
    "0, 5"
  })
  void agreesWithThePlainVersionForUnsignedSixteenBit(int width, int height) {
    agrees(raw(RawPixels.SampleFormat.INT16, width, height, 32768, 1, null), frames(width, height));
  }

  @ParameterizedTest
  @EnumSource(RawPixels.SampleFormat.class)
  void agreesForEverySampleFormat(RawPixels.SampleFormat format) {
    agrees(raw(format, 37, 9, 0, 1, null), frames(37, 9));
    agrees(raw(format, 37, 9, 100.5, 0.25, null), frames(37, 9));
    agrees(raw(format, 50, 3, 0, 1, 97L), frames(50, 3));
  }

  @Test
  void agreesForUnsignedThirtyTwoBit() {
    // Stored as v − 2³¹, which float32 holds only to 128.
    MemorySegment segment = Arena.ofAuto().allocate(4 * 40);
    ByteBuffer bytes = segment.asByteBuffer();
    for (int i = 0; i < 40; i++) {
      bytes.putInt(1000 + i - (1 << 31));
    }
    RawPixels raw =
        new RawPixels(segment, 0, 40, 40, 1, RawPixels.SampleFormat.INT32, 1, 0x1p31, null);
    agrees(raw, frames(40, 1));
    CalibrateParameters asStored = CalibrateParameters.scaling(1, 0);
    float[] image = run(backend(), raw, CalibrationFrames.NONE, asStored).image;
    for (int i = 0; i < 40; i++) {
      assertThat(image[i]).isEqualTo(1000 + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void agreesWhateverFramesAreMissing(int present) {
    CalibrationFrames all = frames(45, 6);
    CalibrationFrames some =
        new CalibrationFrames(
            present == 4 ? all.pedestal() : Pedestal.NONE,
            present == 0 ? all.bias() : null,
            present == 1 ? all.dark() : null,
            present == 2 ? all.inverseFlat() : null,
            present == 3 ? all.mask() : null);
    agrees(raw(RawPixels.SampleFormat.INT16, 45, 6, 32768, 1, null), some);
  }

  @Test
  void partsOfThePedestalAddUp() {
    RawPixels raw = raw(RawPixels.SampleFormat.INT16, 33, 5, 32768, 1, null);
    float[] rows = {1, 2, 3, 4, 5};
    float[] columns = Planes.noise(9, 33, 50, 3);
    CalibrateParameters asStored = CalibrateParameters.scaling(1, 0);
    float[] stored = run(backend(), raw, CalibrationFrames.NONE, asStored).image;
    for (int parts = 0; parts < 8; parts++) {
      Pedestal pedestal =
          new Pedestal(
              (parts & 1) == 0 ? 0 : 300.5,
              (parts & 2) == 0 ? null : rows,
              (parts & 4) == 0 ? null : columns);
      CalibrationFrames frames = new CalibrationFrames(pedestal, null, null, null, null);
      agrees(raw, frames);
      float[] image = run(backend(), raw, frames, asStored).image;
      for (int i = 0; i < image.length; i++) {
        double expected = stored[i];
        expected -= (parts & 1) == 0 ? 0 : 300.5;
        expected -= (parts & 2) == 0 ? 0 : rows[i / 33];
        expected -= (parts & 4) == 0 ? 0 : columns[i % 33];
        assertThat((double) image[i]).isCloseTo(expected, within(0.02));
      }
    }
  }

  static Stream<Linearity> linearities() {
    double[] nodes = new double[300];
    double[] corrected = new double[300];
    for (int k = 0; k < nodes.length; k++) {
      nodes[k] = 200 * k - 500;
      corrected[k] = nodes[k] + 1e-6 * nodes[k] * nodes[k];
    }
    return Stream.of(
        new LinearityPolynomial(new double[] {0, 1}),
        new LinearityPolynomial(new double[] {5}),
        new LinearityPolynomial(new double[] {0.5, 1.01, 2e-7, -3e-12}),
        new LinearityTable(new double[] {0, 40_000}, new double[] {0, 41_000}),
        new LinearityTable(
            new double[] {0, 1000, 30_000, 50_000}, new double[] {0, 1001, 30_500, 53_000}),
        new LinearityTable(nodes, corrected));
  }

  @ParameterizedTest
  @MethodSource("linearities")
  void agreesForEveryLinearity(Linearity linearity) {
    CalibrateParameters parameters =
        new CalibrateParameters(0.9, 3.5, 2, 0.5, 60000, 50000, 1, 2, 4, 8, linearity);
    for (RawPixels.SampleFormat format :
        List.of(RawPixels.SampleFormat.INT16, RawPixels.SampleFormat.FLOAT32)) {
      agrees(raw(format, 77, 4, 0, 1, null), frames(77, 4), parameters);
      agrees(raw(format, 77, 4, 0, 1, null), CalibrationFrames.NONE, parameters);
    }
  }

  @Test
  void linearityStandsBetweenBiasAndDark() {
    int width = 32;
    MemorySegment segment = Arena.ofAuto().allocate(2 * width);
    ByteBuffer bytes = segment.asByteBuffer();
    for (int i = 0; i < width; i++) {
      bytes.putShort((short) 1300);
    }
    RawPixels raw =
        new RawPixels(segment, 0, width, width, 1, RawPixels.SampleFormat.INT16, 1, 0, null);
    CalibrationFrames frames =
        new CalibrationFrames(
            Pedestal.of(200),
            plane(Planes.constant(width, 100), width),
            plane(Planes.constant(width, 40), width),
            null,
            null);
    // 1300 − 200 − 100 = 1000, made linear 1100, less 0.5 · 40, times 2.
    Linearity[] both = {
      new LinearityPolynomial(new double[] {0, 1, 1e-4}),
      new LinearityTable(new double[] {0, 500, 1500}, new double[] {0, 600, 1600})
    };
    for (Linearity linearity : both) {
      CalibrateParameters parameters =
          new CalibrateParameters(2, 0, 0, 0.5, 1e9, 1e9, 0, 0, 0, 0, linearity);
      float[] image = run(backend(), raw, frames, parameters).image;
      for (float value : image) {
        assertThat(value).isCloseTo(2160f, offset(2e-3));
      }
    }
  }

  @Test
  void linearityTablesGoOnBeyondTheirEnds() {
    LinearityTable table = new LinearityTable(new double[] {0, 10, 20}, new double[] {0, 10, 25});
    assertThat(table.corrected(-4)).isEqualTo(-4);
    assertThat(table.corrected(10)).isEqualTo(10);
    assertThat(table.corrected(30)).isEqualTo(40);
    assertThat(table.corrected(Double.NaN)).isNaN();
    assertThatThrownBy(() -> new LinearityTable(new double[] {0, 0}, new double[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNotWantedIsNotMade() {
    RawPixels raw = raw(RawPixels.SampleFormat.INT16, 45, 6, 32768, 1, null);
    CalibrationFrames frames = moved(backend(), frames(45, 6));
    Outputs all = run(backend(), raw, frames(45, 6), PARAMETERS);
    Plane image = backend().allocate(45, 6);
    Plane variance = backend().allocate(45, 6);
    MaskPlane mask = backend().allocateMask(45, 6);
    backend().calibrate().calibrate(raw, frames, PARAMETERS, image, null, null);
    assertThat(backend().toHost(image)).isEqualTo(all.image);
    backend().calibrate().calibrate(raw, frames, PARAMETERS, image, variance, null);
    assertThat(backend().toHost(variance)).isEqualTo(all.variance);
    backend().calibrate().calibrate(raw, frames, PARAMETERS, image, null, mask);
    assertThat(backend().toHost(mask)).isEqualTo(all.bits);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "16, 3", "31, 7", "33, 5", "257, 13"})
  void imageAloneAgrees(int width, int height) {
    CalibrationFrames all = frames(width, height);
    Pedestal pedestal = new Pedestal(7.25, all.pedestal().rows(), null);
    for (Long blank : new Long[] {null, -32000L}) {
      RawPixels raw = raw(RawPixels.SampleFormat.INT16, width, height, 32768, 1, blank);
      for (int present = 0; present < 4; present++) {
        CalibrationFrames frames =
            new CalibrationFrames(
                pedestal,
                null,
                (present & 1) == 0 ? null : all.dark(),
                (present & 2) == 0 ? null : all.inverseFlat(),
                null);
        Plane image = backend().allocate(width, height);
        CalibrationFrames moved = moved(backend(), frames);
        backend().calibrate().calibrate(raw, moved, PARAMETERS, image, null, null);
        float[] expected = run(null, raw, frames, PARAMETERS).image;
        double ulp = Math.ulp((float) DEEPEST_COUNT);
        Compare.close("image", backend().toHost(image), expected, 4 * ulp, 1e-6);
      }
    }
  }

  @Test
  void partsOfAFrameAreTheSameToTheLastBit() {
    RawPixels raw = raw(RawPixels.SampleFormat.INT16, 90, 12, 32768, 1, null);
    float[] whole = run(backend(), raw, CalibrationFrames.NONE, PARAMETERS).variance;
    RawPixels part = raw.region(7, 3, 51, 8);
    float[] cut = run(backend(), part, CalibrationFrames.NONE, PARAMETERS).variance;
    for (int i = 0; i < cut.length; i++) {
      assertThat(cut[i]).isEqualTo(whole[(3 + i / 51) * 90 + 7 + i % 51]);
    }
  }

  @Test
  void agreesForScaledAndBlankSamples() {
    agrees(raw(RawPixels.SampleFormat.INT16, 40, 5, 100.5, 0.25, null), frames(40, 5));
    agrees(raw(RawPixels.SampleFormat.INT16, 40, 5, 100.5, 0.25, -32000L), frames(40, 5));
    agrees(raw(RawPixels.SampleFormat.INT16, 40, 5, 32768, 1, -32000L), frames(40, 5));
    agrees(raw(RawPixels.SampleFormat.INT16, 40, 5, 32768, 1, 99_999L), frames(40, 5));
  }

  @Test
  void agreesForHeapSegments() {
    RawPixels mapped = raw(RawPixels.SampleFormat.INT16, 33, 4, 32768, 1, null);
    byte[] heap = mapped.segment().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    RawPixels onHeap =
        new RawPixels(
            MemorySegment.ofArray(heap),
            mapped.offset(),
            mapped.rowStride(),
            33,
            4,
            mapped.format(),
            1,
            32768,
            null);
    agrees(onHeap, frames(33, 4));
  }

  @Test
  void levelBitsAreExactAtTheThresholds() {
    int[] levels = {49_999, 50_000, 50_001, 59_999, 60_000, 60_001, 0, 65_535};
    int width = 24;
    MemorySegment segment = Arena.ofAuto().allocate(2 * width);
    ByteBuffer bytes = segment.asByteBuffer();
    for (int i = 0; i < width; i++) {
      bytes.putShort((short) (levels[i % 8] - 32768));
    }
    RawPixels raw =
        new RawPixels(segment, 0, width, width, 1, RawPixels.SampleFormat.INT16, 1, 32768, null);
    int[] bits = run(backend(), raw, CalibrationFrames.NONE, PARAMETERS).bits;
    for (int i = 0; i < width; i++) {
      int level = levels[i % 8];
      int expected = (level >= 60_000 ? 1 : 0) | (level >= 50_000 ? 2 : 0);
      assertThat(bits[i]).as("level %d", level).isEqualTo(expected);
    }
  }

  @Test
  void handComputedPixel() {
    MemorySegment segment = Arena.ofAuto().allocate(64);
    ByteBuffer bytes = segment.asByteBuffer();
    for (int i = 0; i < 32; i++) {
      bytes.putShort((short) (1000 + i - 32768));
    }
    RawPixels raw =
        new RawPixels(segment, 0, 32, 32, 1, RawPixels.SampleFormat.INT16, 1, 32768, null);
    CalibrationFrames frames =
        new CalibrationFrames(
            new Pedestal(0, new float[] {500}, null),
            plane(Planes.constant(32, 100), 32),
            plane(Planes.constant(32, 40), 32),
            plane(Planes.constant(32, 1.25), 32),
            mask(new int[32], 32));
    Outputs out = run(backend(), raw, frames, PARAMETERS);
    for (int i = 0; i < 32; i++) {
      // 0.9 · (1000 + i − 500 − 100 − 0.5 · 40), times and over the flat.
      double electrons = 0.9 * (380 + i);
      assertThat(out.image[i]).isCloseTo((float) (electrons * 1.25), offset(2e-4));
      assertThat(out.variance[i])
          .isCloseTo((float) ((electrons + 3.5 * 3.5 + 2) * 1.25 * 1.25), offset(4e-4));
      assertThat(out.bits[i]).isZero();
    }
  }

  @Test
  void refusesFramesOfAnotherSizeAndShortSegments() {
    RawPixels raw = raw(RawPixels.SampleFormat.INT16, 20, 4, 0, 1, null);
    assertThatThrownBy(() -> run(backend(), raw, frames(21, 4), PARAMETERS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("21 x 4");
    RawPixels beyond =
        new RawPixels(raw.segment(), raw.offset() + 2, 30, 20, 4, raw.format(), 1, 0, null);
    assertThatThrownBy(() -> run(backend(), beyond, CalibrationFrames.NONE, PARAMETERS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("segment");
  }

  private void agrees(RawPixels raw, CalibrationFrames frames) {
    agrees(raw, frames, PARAMETERS);
  }

  private void agrees(RawPixels raw, CalibrationFrames frames, CalibrateParameters parameters) {
    Outputs expected = run(null, raw, frames, parameters);
    Outputs actual = run(backend(), raw, frames, parameters);
    // Differences of float32 numbers of up to 2^16 ADU, times the largest gain / flat below.
    double ulp = Math.ulp((float) DEEPEST_COUNT);
    Compare.close("image", actual.image, expected.image, 4 * ulp, 1e-6);
    Compare.close("variance", actual.variance, expected.variance, 8 * ulp, 1e-6);
    for (int i = 0; i < expected.bits.length; i++) {
      // The sign of what is 0 within the tolerance is anybody's guess.
      int unsure = Math.abs(expected.image[i]) <= 4 * ulp ? PARAMETERS.negativeBit() : 0;
      assertThat(actual.bits[i] | unsure).as("mask of %d", i).isEqualTo(expected.bits[i] | unsure);
    }
  }

  private record Outputs(float[] image, float[] variance, int[] bits) {}

  /** Runs a backend, or the plain version for null. */
  private static Outputs run(
      Backend backend, RawPixels raw, CalibrationFrames frames, CalibrateParameters parameters) {
    int width = raw.width();
    int height = raw.height();
    if (backend == null) {
      HostPlane image = new HostPlane(new float[width * height], width, height);
      HostPlane variance = new HostPlane(new float[width * height], width, height);
      HostMaskPlane mask = new HostMaskPlane(new int[width * height], width, height);
      new ScalarCalibrate().calibrate(raw, frames, parameters, image, variance, mask);
      return new Outputs(
          HostPlane.pixels(image), HostPlane.pixels(variance), HostMaskPlane.bits(mask));
    }
    CalibrationFrames moved = moved(backend, frames);
    Plane image = backend.allocate(width, height);
    Plane variance = backend.allocate(width, height);
    MaskPlane mask = backend.allocateMask(width, height);
    backend.calibrate().calibrate(raw, moved, parameters, image, variance, mask);
    return new Outputs(backend.toHost(image), backend.toHost(variance), backend.toHost(mask));
  }

  private static CalibrationFrames moved(Backend backend, CalibrationFrames frames) {
    return new CalibrationFrames(
        frames.pedestal(),
        moved(backend, frames.bias()),
        moved(backend, frames.dark()),
        moved(backend, frames.inverseFlat()),
        frames.mask() == null
            ? null
            : backend.fromHost(
                HostMaskPlane.bits(frames.mask()).clone(),
                frames.mask().width(),
                frames.mask().height()));
  }

  private static Plane moved(Backend backend, Plane plane) {
    return plane == null
        ? null
        : backend.fromHost(HostPlane.pixels(plane).clone(), plane.width(), plane.height());
  }

  private static RawPixels raw(
      RawPixels.SampleFormat format,
      int width,
      int height,
      double bzero,
      double bscale,
      Long blank) {
    long stride = width + 3L;
    int lead = 6;
    long size = lead + stride * height * format.bytes() + 16;
    MemorySegment segment = Arena.ofAuto().allocate(size);
    ByteBuffer bytes = segment.asByteBuffer();
    bytes.position(lead);
    SplittableRandom random = new SplittableRandom(width * 31L + height);
    for (long i = 0; i < stride * height; i++) {
      double draw = random.nextDouble();
      switch (format) {
        case UINT8 -> bytes.put((byte) random.nextInt());
        case INT16 -> bytes.putShort(draw < 0.1 ? (short) -32000 : (short) random.nextInt());
        case INT32 -> bytes.putInt(random.nextInt(66_000));
        case INT64 -> bytes.putLong(random.nextInt(66_000));
        case FLOAT32 ->
            bytes.putFloat(
                draw < 0.05
                    ? Float.NaN
                    : draw < 0.1 ? Float.POSITIVE_INFINITY : (float) (66e3 * draw));
        case FLOAT64 -> bytes.putDouble(draw < 0.05 ? Double.NaN : 66e3 * draw);
      }
    }
    return new RawPixels(segment, lead, stride, width, height, format, bscale, bzero, blank);
  }

  private static CalibrationFrames frames(int width, int height) {
    int n = width * height;
    float[] pedestal = Planes.noise(1, height, 300, 2);
    if (height > 3) {
      pedestal[3] = Float.NaN;
    }
    float[] flat = Planes.sprinkle(2, Planes.noise(3, n, 1, 0.05), 0.05, Float.POSITIVE_INFINITY);
    return new CalibrationFrames(
        new Pedestal(7.25, pedestal, Planes.noise(10, width, 20, 1)),
        new HostPlane(
            Planes.sprinkle(4, Planes.noise(5, n, 100, 3), 0.05, Float.NaN), width, height),
        new HostPlane(
            Planes.sprinkle(6, Planes.noise(7, n, 20, 5), 0.05, Float.NaN), width, height),
        new HostPlane(flat, width, height),
        new HostMaskPlane(Planes.bits(8, n, 0.1, 64, 128), width, height));
  }

  private static HostPlane plane(float[] pixels, int width) {
    return new HostPlane(pixels, width, pixels.length / width);
  }

  private static HostMaskPlane mask(int[] bits, int width) {
    return new HostMaskPlane(bits, width, bits.length / width);
  }

  private static org.assertj.core.data.Offset<Float> offset(double value) {
    return org.assertj.core.data.Offset.offset((float) value);
  }
}
