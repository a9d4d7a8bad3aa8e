package io.github.starlane.core.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that telescopes and other programs wrote: each opens, or is refused in one sentence. */
class RealFilesTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");
  private static final long LARGEST = 60_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"odd", "wcs", "huntsman", "solve"})
  void everyFileOpensOrIsRefused(String name) throws IOException {
    assumeThat(DATA.resolve(name)).as("real data are not at hand").exists();
    Map<Path, String> crashes = new TreeMap<>();
    int read = 0;
    for (Path path : files(DATA.resolve(name))) {
      try {
        read += read(path) ? 1 : 0;
      } catch (FitsException e) {
        assertThat(e.getMessage()).contains(path.toString()).doesNotContain("\n", "null");
      } catch (RuntimeException e) {
        crashes.put(path, e.toString());
      }
    }
    assertThat(crashes).isEmpty();
    assertThat(read).isPositive();
  }

  private static boolean read(Path path) {
    try (FitsFile file = FitsFile.open(path)) {
      for (FitsHdu hdu : file.hdus()) {
        if (hdu.isPlainImage() || hdu.isCompressedImage()) {
          assertThat(TestFits.pixels(file, hdu)).hasSize(hdu.width() * hdu.height());
        }
      }
      return !file.hdus().isEmpty();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> f.toString().matches("(?i).*\\.(fits?|fts)(\\.gz|\\.fz)?"))
          .filter(f -> f.toFile().length() < LARGEST)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"zero-byte.fits, empty (0 bytes)", "text-posing-as.fits, not with SIMPLE"})
  void whatCannotBeReadIsRefused(String name, String reason) {
    Path path = DATA.resolve("odd").resolve(name);
    assumeThat(path).as("real data are not at hand").exists();
    String message = "";
    try {
      read(path);
    } catch (FitsException e) {
      message = e.getMessage();
    }
    assertThat(message).contains(path.toString()).contains(reason);
  }
}
