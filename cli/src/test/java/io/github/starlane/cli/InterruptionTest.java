package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {

  @TempDir Path folder;

  /** A program that writes 4.7 GB is told to stop as soon as it has begun a file. */
  @Test
  void itsOwnUnfinishedFilesAreRemovedAndNobodyElses() throws Exception {
    Path raw = Files.createDirectories(folder.resolve("out/raw"));
    Path foreign = Files.writeString(raw.resolve("download.fits.part"), "of another program");
    Path alike = Files.writeString(raw.resolve(".frame.fits.part1-1"), "of another run");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.starlane.cli.Starlane",
                "simulate",
                "--preset",
                "last",
                "-o",
                folder.resolve("out").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      String own = ".part" + process.pid() + "-";
      long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (unfinished(own).isEmpty() && process.isAlive() && System.nanoTime() < patience) {
        Thread.sleep(20);
      }
      assertThat(unfinished(own)).isNotEmpty();

      process.destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(folder.resolve("log"))
          .content()
          .contains("stopping; unfinished files are removed");
      assertThat(unfinished(own)).isEmpty();
      assertThat(foreign).exists();
      assertThat(alike).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<Path> unfinished(String mark) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      return files.filter(f -> f.getFileName().toString().contains(mark)).toList();
    }
  }
}
