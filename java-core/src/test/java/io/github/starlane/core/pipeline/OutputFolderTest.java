package io.github.starlane.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.starlane.core.StarlaneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path folder;

  private static void refused(Path output, int frames, String why) {
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> OutputFolder.prepare(output, frames))
        .withMessageContaining(output.toString())
        .withMessageContaining(why)
        .withMessageContaining("--out")
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(6));
  }

  @Test
  void isMadeAndLeftEmpty() {
    Path output = folder.resolve("a/b");
    OutputFolder.prepare(output, 3);
    OutputFolder.prepare(output, 3);
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void aFileInTheWay() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "x");
    refused(file, 1, file + " is a file, but a folder is needed there");
    refused(file.resolve("deeper/out"), 1, file + " is a file");
    assertThat(file).hasContent("x");
  }

  @Test
  void tooLittleRoom() {
    refused(folder, Integer.MAX_VALUE, "MB are free on its disk");
  }

  /** Root may write anywhere but here. */
  @Test
  void aFileSystemThatCannotBeWritten() {
    Path kernel = Path.of("/proc/self");
    assumeThat(kernel).as("this system has no /proc").exists();
    refused(kernel.resolve("starlane"), 1, "cannot be made");
  }
}
