package io.github.starlane.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.Workers;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.pipeline.PipelineConfig;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterBuilderTest {
  @TempDir Path folder;

  private final Backend backend = Backends.select("auto").backend();
  private final Workers workers = new Workers(2);
  private final MasterBuilder builder =
      new MasterBuilder(backend, workers, PipelineConfig.load(null, List.of()).calibration());
  private SyntheticCamera camera;

  @BeforeEach
  void makeCamera() {
    camera = new SyntheticCamera(folder);
  }

  @AfterEach
  void close() {
    workers.close();
    backend.close();
  }

  /** rms of the difference to the truth over all pixels that are neither hot nor dead. */
  private static double error(MasterFrame master, DoubleBinaryOperator truth) {
    double sum = 0;
    int n = 0;
    for (int y = 0; y < master.height(); y++) {
      for (int x = 0; x < master.width(); x++) {
        if (SyntheticCamera.dark(x, y) < 10 && SyntheticCamera.flat(x, y) > 0.5) {
          double d = master.pixels()[y * master.width() + x] - truth.applyAsDouble(x, y);
          sum += d * d;
          n++;
        }
      }
    }
    return Math.sqrt(sum / n);
  }

  private static double at(MasterFrame master, int x, int y) {
    return master.pixels()[y * master.width() + x];
  }

  private static boolean has(MasterFrame master, int x, int y, MaskBit bit) {
    return (master.mask()[y * master.width() + x] & bit.bit()) != 0;
  }

  @Test
  void biasIsThePatternAboveTheOverscan() {
    MasterFrame bias = builder.bias(camera.biases(16));
    assertThat(bias.kind()).isEqualTo(MasterFrame.Kind.BIAS);
    assertThat(bias.width()).isEqualTo(SyntheticCamera.WIDTH);
    assertThat(bias.height()).isEqualTo(SyntheticCamera.HEIGHT);
    assertThat(bias.used()).isEqualTo(16);
    assertThat(bias.overscanSubtracted()).isTrue();
    // Read noise of 3 ADU over four, and what the median of the overscan adds.
    assertThat(error(bias, (x, y) -> SyntheticCamera.bias((int) x))).isBetween(0.6, 0.95);
  }

  @Test
  void readNoiseIsTheScatterAmongTheBiasFrames() {
    MasterFrame bias = builder.bias(camera.biases(16));
    double expected = SyntheticCamera.READ_NOISE / SyntheticCamera.GAIN;
    assertThat(bias.readNoise()).isEqualTo(expected, within(0.05 * expected));
  }

  @Test
  void darkWithBiasTakenOffHoldsTheDarkAlone() {
    MasterFrame bias = builder.bias(camera.biases(16));
    MasterFrame dark = builder.dark(camera.darks(9, 60), bias);
    assertThat(dark.containsBias()).isFalse();
    assertThat(dark.exposureTime()).isEqualTo(60);
    assertThat(dark.median()).isEqualTo(60 * 0.7, within(1.0));
    assertThat(error(dark, (x, y) -> 60 * SyntheticCamera.dark((int) x, (int) y))).isLessThan(2.2);
  }

  @Test
  void darkWithoutBiasKeepsIt() {
    MasterFrame dark = builder.dark(camera.darks(9, 60), null);
    assertThat(dark.containsBias()).isTrue();
    DoubleBinaryOperator truth =
        (x, y) -> SyntheticCamera.bias((int) x) + 60 * SyntheticCamera.dark((int) x, (int) y);
    assertThat(error(dark, truth)).isLessThan(2.2);
  }

  @Test
  void hotPixelsAreMaskedAndFewOthers() {
    MasterFrame dark = builder.dark(camera.darks(9, 60), builder.bias(camera.biases(9)));
    for (int[] hot : SyntheticCamera.HOT) {
      assertThat(has(dark, hot[0], hot[1], MaskBit.DARK_HIGH)).isTrue();
    }
    long masked =
        java.util.Arrays.stream(dark.mask())
            .filter(m -> (m & MaskBit.DARK_HIGH.bit()) != 0)
            .count();
    assertThat(masked).isEqualTo(SyntheticCamera.HOT.size());
  }

  @Test
  void flatIsTheResponse() {
    MasterFrame bias = builder.bias(camera.biases(9));
    MasterFrame dark = builder.dark(camera.darks(9, 60), bias);
    MasterFrame flat = builder.flat(camera.flats(9000, 12000, 15000, 18000, 21000), bias, dark);
    assertThat(flat.median()).isEqualTo(1);
    double scale = at(flat, 30, 30) / SyntheticCamera.flat(30, 30);
    assertThat(scale).isEqualTo(1, within(0.02));
    // Photon noise of 5 flats of 15000 ADU: 0.26 %.
    assertThat(error(flat, (x, y) -> SyntheticCamera.flat((int) x, (int) y))).isLessThan(0.006);
    assertThat(has(flat, SyntheticCamera.DEAD_X, SyntheticCamera.DEAD_Y, MaskBit.FLAT_LOW))
        .isTrue();
    assertThat(has(flat, 30, 30, MaskBit.FLAT_LOW)).isFalse();
  }

  @Test
  void flatsOfAnyLevelCountAlike() {
    MasterFrame one = builder.flat(camera.flats(9000, 9000, 9000), null, null);
    MasterFrame two = builder.flat(camera.flats(9000, 20000, 30000), null, null);
    assertThat(at(one, 0, 50) / at(one, 60, 49))
        .isEqualTo(at(two, 0, 50) / at(two, 60, 49), within(0.02));
  }

  @Test
  void flatsAreChosenByTheirLevel() {
    MasterFrame flat =
        builder.flat(camera.flats(1000, 7000, 12000, 20000, 25000, 39000), null, null);
    assertThat(flat.used()).isEqualTo(3);
    assertThat(flat.rejected()).isEqualTo(3);
    assertThat(flat.notes())
        .filteredOn(n -> n.contains("left out"))
        .hasSize(3)
        .anyMatch(n -> n.contains("underexposed"))
        .anyMatch(n -> n.contains("saturated"));
    assertThat(builder.flat(camera.flats(1000, 39000), null, null)).isNull();
  }

  @Test
  void fewFramesAreWarnedOf() {
    assertThat(builder.bias(camera.biases(2)).notes()).contains("made from only 2 frames");
    assertThat(builder.bias(camera.biases(1)).readNoise()).isNaN();
  }

  @Test
  void framesThatAreNoDarksCannotSpoilTheMaster() {
    List<Exposure> frames = new ArrayList<>(camera.darks(3, 60));
    frames.add(camera.constant("Dark", 60, 65535));
    frames.add(camera.constant("Dark", 60, Double.NaN));
    MasterFrame dark = builder.dark(frames, null);
    assertThat(dark.used()).isEqualTo(3);
    assertThat(dark.rejected()).isEqualTo(2);
    assertThat(dark.notes())
        .anyMatch(n -> n.contains("it is saturated"))
        .anyMatch(n -> n.contains("none of its pixels has a value"));
    assertThat(dark.median()).isEqualTo(60 * 0.7, within(1.5));
    assertThat(builder.dark(List.of(camera.constant("Dark", 60, 65535)), null)).isNull();
  }

  @Test
  void aCosmicRayInOneFrameIsRejected() {
    List<Exposure> frames = new ArrayList<>(camera.darks(29, 60));
    frames.addAll(camera.hit(40, 40, 20000).darks(1, 60));
    MasterFrame clean = builder.dark(frames, null);
    assertThat(at(clean, 40, 40)).isEqualTo(60 * 0.66 + SyntheticCamera.bias(40), within(5.0));
  }
}
