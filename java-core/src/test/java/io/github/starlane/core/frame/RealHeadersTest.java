package io.github.starlane.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.instrument.FrameType;
import io.github.starlane.core.instrument.InstrumentProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as many telescopes and programs wrote them, through the general profile. */
class RealHeadersTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");

  private static Exposure read(String name) {
    assumeThat(DATA.resolve(name)).as("real data are not at hand").exists();
    return new ExposureReader(InstrumentProfiles.builtIn()).read(DATA.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"odd", "wcs", "huntsman", "solve"})
  void everyFrameIsDescribedOrRefusedInOneSentence(String name) throws IOException {
    assumeThat(DATA.resolve(name)).as("real data are not at hand").exists();
    ExposureReader reader = new ExposureReader(InstrumentProfiles.builtIn());
    int described = 0;
    for (Path path : files(DATA.resolve(name))) {
      try {
        Exposure e = reader.read(path);
        assertThat(e.light().fits(e.width(), e.height())).isTrue();
        assertThat(e.gain()).isPositive();
        assertThat(e.saturation()).isPositive();
        assertThat(Math.abs(e.declination()) > 90).as("unknown or possible").isFalse();
        described++;
      } catch (StarlaneException e) {
        assertThat(e.exitCode().number()).isEqualTo(3);
        assertThat(e.getMessage()).contains(path.toString()).doesNotContain("\n");
      }
    }
    assertThat(described).isPositive();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> f.toString().matches("(?i).*\\.(fits?|fts)(\\.gz|\\.fz)?"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "huntsman/bias_0.fits, BIAS",
    "huntsman/dark_0.fits, DARK",
    "huntsman/science_0.fits, SCIENCE",
    "odd/m42-auto-dark-subtraction.FIT.gz, SCIENCE",
    "odd/ra-654-degrees.fits, SCIENCE"
  })
  void type(String name, FrameType type) {
    assertThat(read(name).type()).isEqualTo(type);
  }

  @Test
  void saturationOfTwelveBits() {
    assertThat(read("huntsman/science_0.fits").saturation()).isEqualTo(4095);
  }

  /** OBJCTRA is right where RA says 654 degrees. */
  @Test
  void pointingBeyondTheCircle() {
    Exposure e = read("odd/ra-654-degrees.fits");
    assertThat(e.rightAscension()).isEqualTo(324.59166, within(1e-4));
    assertThat(e.declination()).isEqualTo(30.55619, within(1e-4));
  }

  @Test
  void badDateGivesWayToTheJulianDate() {
    assertThat(Times.iso(read("odd/bad-date-obs.fits").midJd())).startsWith("2002-07-26T");
  }
}
