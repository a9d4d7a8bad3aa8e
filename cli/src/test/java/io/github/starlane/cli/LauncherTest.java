package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell script; only those ways through it that need no build. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final Path LAUNCHER = Path.of("..", "starlane").toAbsolutePath().normalize();

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void versionIsKnownWithoutABuildThroughLinksFromAnywhere() throws Exception {
    Files.createSymbolicLink(folder.resolve("a link"), LAUNCHER);
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("a link"));

    Ended ended = run(Map.of("PATH", "/usr/bin:/bin"), second.toString(), "--version");

    Files.delete(second);
    Files.delete(folder.resolve("a link"));
    assertThat(ended.out).isEqualTo("starlane " + Version.number() + "\n");
    assertThat(ended.err).isEmpty();
    assertThat(ended.code).isZero();
  }

  @Test
  void oldJavaIsRefusedInOneSentence() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.2\"\n");

    Ended ended =
        run(
            Map.of("PATH", "/usr/bin:/bin", "STARLANE_JAVA", java.toString()),
            LAUNCHER.toString(),
            "doctor");

    assertThat(ended.code).isEqualTo(6);
    assertThat(ended.err.lines()).hasSize(1);
    assertThat(ended.err).contains("STARLANE_JAVA", "25");
    assertThat(ended.out).isEmpty();
  }

  private Ended run(Map<String, String> environment, String... command) throws Exception {
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
