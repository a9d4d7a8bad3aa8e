package io.github.starlane.core.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.starlane.core.StarlaneException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void makesFoldersAndReplacesTheOldFile() throws IOException {
    Path file = folder.resolve("a/b/c.txt");
    AtomicFile.write(file, out -> out.write(bytes("old and longer")));
    AtomicFile.write(file, out -> out.write(bytes("new")));
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void theOldFileStandsUntilTheNewOneIsComplete() {
    Path file = folder.resolve("c.txt");
    AtomicFile.write(file, out -> out.write(bytes("old")));
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          out.flush();
          assertThat(file).hasContent("old");
        });
    assertThat(file).hasSize(1 << 20);
  }

  @Test
  void aFailingWriterLeavesNothingBehindAndTheOldFileIntact() throws IOException {
    Path file = folder.resolve("c.txt");
    AtomicFile.write(file, out -> out.write(bytes("old")));
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }))
        .withMessageContaining(file.toString())
        .withMessageContaining("No space left on device")
        .withMessageContaining("--out")
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(6));
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new IllegalStateException("a fault of ours");
                    }));
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("c.txt");
  }

  /** /dev/full takes nothing, as a full disk; its message is what such a disk gives. */
  @Test
  void aFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).as("this system has no device that is always full").exists();
    Path file = folder.resolve("c.txt");
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      try (FileOutputStream device = new FileOutputStream(full.toFile())) {
                        device.write(1);
                      }
                    }))
        .withMessageContaining("No space left on device")
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(6));
    assertThat(names()).isEmpty();
  }

  @Test
  void aFileWhereAFolderIsNeeded() throws IOException {
    Files.writeString(folder.resolve("taken"), "x");
    for (String name : List.of("taken/c.txt", "taken/deeper/c.txt")) {
      Path file = folder.resolve(name);
      assertThatExceptionOfType(StarlaneException.class)
          .isThrownBy(() -> AtomicFile.write(file, out -> out.write(1)))
          .withMessageContaining(file.toString())
          .satisfies(e -> assertThat(e.why()).containsIgnoringCase("folder").doesNotContain("null"))
          .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(6));
    }
  }

  @Test
  void aFolderWhereTheFileShallBe() throws IOException {
    Path file = folder.resolve("c.txt");
    Files.createDirectories(file.resolve("inside"));
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> AtomicFile.write(file, out -> out.write(1)))
        .satisfies(e -> assertThat(e.why()).contains("folder"));
    assertThat(names()).containsExactly("c.txt");
  }
}
