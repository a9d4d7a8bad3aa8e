package io.github.starlane.core.astrometry.wcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.starlane.core.fits.FitsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Headers of real images with stars at known pixels, where such files lie in {@code
 * shared/data/wcs} beside the project; skipped where they do not.
 */
class RealWcsTest {
  private static final Pattern STAR =
      Pattern.compile(
          "'(\\d+):(\\d+):([\\d.]+)', '([+-]?)(\\d+):(\\d+):([\\d.]+)', (\\d+), (\\d+)");

  private static Path data() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolve("shared/data/wcs"))) {
      at = at.getParent();
    }
    assumeTrue(at != null, "no shared/data/wcs beside the project");
    return at.resolve("shared/data/wcs");
  }

  /** The tolerance is what the printed digits of the truth allow. */
  @ParameterizedTest
  @CsvSource({
    "1904-66_TAN.fits, 1e-6",
    "region.fits, 1e-6",
    "tpv.fits, 3e-5",
    "tanpv.fits, 3e-5",
    "tanflip.fits, 3e-5"
  })
  void starsLieWhereTheyShould(String name, double tolerance) throws IOException {
    Path data = data();
    Wcs wcs;
    try (FitsFile file = FitsFile.open(data.resolve(name))) {
      wcs = WcsReader.read(file.hdus().get(0).header()).orElseThrow();
    }
    String truth = Files.readString(data.resolve("test_wcs_references.txt"));
    int start = truth.indexOf("'" + name + "'");
    Matcher star = STAR.matcher(truth.substring(start, truth.indexOf(')', start) + 200));
    int count = 0;
    while (count < 2 && star.find()) {
      double ra = 15 * sexagesimal(star, 1);
      double dec = sexagesimal(star, 5) * (star.group(4).equals("-") ? -1 : 1);
      double[] pixel = wcs.toPixel(ra, dec);
      assertThat(pixel[0] + 1).isCloseTo(Integer.parseInt(star.group(8)), within(tolerance));
      assertThat(pixel[1] + 1).isCloseTo(Integer.parseInt(star.group(9)), within(tolerance));
      count++;
    }
    assertThat(count).isEqualTo(2);
  }

  private static double sexagesimal(Matcher m, int group) {
    return Integer.parseInt(m.group(group))
        + Integer.parseInt(m.group(group + 1)) / 60.0
        + Double.parseDouble(m.group(group + 2)) / 3600;
  }
}
