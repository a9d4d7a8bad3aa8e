package io.github.starlane.core.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.core.frame.ExposureReader;
import io.github.starlane.core.instrument.InstrumentProfiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameCheckTest {
  private static final int EDGE = 140;
  private static final RandomGenerator RANDOM = new SplittableRandom(3);

  @TempDir private Path folder;

  private Optional<String> fault(IntToDoubleFunction pixel) {
    float[] pixels = new float[EDGE * EDGE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) pixel.applyAsDouble(i);
    }
    Path file = folder.resolve("frame.fits");
    FitsCards cards = new FitsCards().put("SATURATE", 16383, "").put("IMAGETYP", "LIGHT", "");
    new FitsWriter().image("", pixels, EDGE, EDGE, cards).write(file);
    try (RawFrame raw =
        RawFrame.open(new ExposureReader(InstrumentProfiles.builtIn()).read(file))) {
      return FrameCheck.fault(raw);
    }
  }

  private static double noise() {
    return 1000 + 10 * RANDOM.nextGaussian();
  }

  /** The lower part of the frame, by rows. */
  private static boolean below(int i, double fraction) {
    return i < fraction * EDGE * EDGE;
  }

  @Test
  void anOrdinaryFrameIsGood() {
    assertThat(fault(i -> noise())).isEmpty();
  }

  @Test
  void aFrameThatIsMostlySaturatedIsNamedSo() {
    assertThat(fault(i -> below(i, 0.6) ? 16383 : noise()).orElseThrow())
        .contains("60 %")
        .contains("saturated")
        .contains("16383");
    assertThat(fault(i -> below(i, 0.4) ? 16383 : noise())).isEmpty();
  }

  @Test
  void aFrameMostlyWithoutValuesIsNamedSo() {
    assertThat(fault(i -> below(i, 0.6) ? Float.NaN : noise()).orElseThrow())
        .contains("60 %")
        .contains("no value");
    assertThat(fault(i -> Float.NaN).orElseThrow()).contains("100 %");
    assertThat(fault(i -> below(i, 0.4) ? Float.NaN : noise())).isEmpty();
  }

  @Test
  void aConstantFrameIsNamedSo() {
    assertThat(fault(i -> 100).orElseThrow()).contains("same value").contains("100");
    assertThat(fault(i -> below(i, 0.3) ? Float.NaN : 100)).isPresent();
  }
}
