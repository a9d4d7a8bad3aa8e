package io.github.starlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * Kernels give the same bits whether they are interpreted or compiled: else a product would depend
 * on how warm the program was when it came to a frame, hence on threads and their timing.
 */
class BitIdentityTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd"})
  void interpretedAndCompiledKernelsGiveTheSameBits(String backend) throws Exception {
    Path interpreted = folder.resolve("interpreted");
    Path compiled = folder.resolve("compiled");
    List<Process> processes =
        List.of(
            digests(interpreted, List.of("-Xint"), backend, 1),
            // Early compilation that is waited for: after a few calls the loops are C2's.
            digests(compiled, List.of("-Xbatch", "-XX:CompileThresholdScaling=0.1"), backend, 30));
    for (Process process : processes) {
      try {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("finished").isTrue();
        assertThat(process.exitValue()).as("exit status").isZero();
      } finally {
        process.destroyForcibly();
      }
    }
    assertThat(
            Files.readAllLines(interpreted).stream().map(line -> line.split("[- ]")[0]).distinct())
        .as("rooms with a digest")
        .containsExactlyInAnyOrderElementsOf(rooms());
    // A line more is a kernel whose later calls differ from its first.
    assertThat(Files.readAllLines(compiled)).isEqualTo(Files.readAllLines(interpreted));
  }

  /** Rooms of the kernels that a backend hands out. */
  private static List<String> rooms() {
    return Arrays.stream(Backend.class.getMethods())
        .map(method -> method.getReturnType().getPackageName())
        .filter(name -> name.startsWith(Backend.class.getPackageName() + "."))
        .map(name -> name.substring(Backend.class.getPackageName().length() + 1))
        .toList();
  }

  private static Process digests(Path output, List<String> options, String backend, int calls)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(options);
    String path =
        Stream.of(KernelDigests.class, Backends.class, DoubleFFT_1D.class, ConcurrencyUtils.class)
            .map(BitIdentityTest::home)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", path, KernelDigests.class.getName()));
    command.addAll(List.of(backend, Integer.toString(calls)));
    return new ProcessBuilder(command)
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
