package io.github.starlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {

  @Test
  void autoTakesTheBestThatCanBeUsed() {
    Backends.Selection selection = Backends.select("auto");
    assertThat(selection.backend().name()).isEqualTo("simd");
    assertThat(selection.backend().description()).contains("float lanes");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Backends.select("abacus"))
        .isInstanceOf(Backends.UnavailableException.class)
        .hasMessageContaining("abacus")
        .hasMessageContaining("simd, scalar");
  }

  @Test
  void withoutTheVectorModuleScalarTakesOverAndSaysWhatWouldMendIt() throws Exception {
    String auto = output("auto");
    assertThat(auto).contains("scalar (plain Java)").contains("--add-modules jdk.incubator.vector");
    assertThat(output("simd"))
        .contains("UnavailableException")
        .contains("--add-modules jdk.incubator.vector")
        .doesNotContain("NoClassDefFoundError");
  }

  /** What a JVM without the incubator module prints. */
  private static String output(String backend) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PrintSelection.class.getName());
    command.add(backend);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  /** The program of {@link #output}. */
  static final class PrintSelection {

    private PrintSelection() {}

    public static void main(String[] arguments) {
      Backends.Selection selection = Backends.select(arguments[0]);
      System.out.println(selection.backend().description());
      selection.remarks().forEach(System.out::println);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd"})
  void planesAreTheArraysTheyWereMadeOf(String name) {
    try (Backend backend = Backends.select(name).backend()) {
      float[] pixels = {1, 2, 3, 4, 5, 6};
      Plane plane = backend.fromHost(pixels, 3, 2);
      assertThat(plane.width()).isEqualTo(3);
      assertThat(plane.height()).isEqualTo(2);
      assertThat(backend.toHost(plane)).isSameAs(pixels);
      assertThat(backend.toHost(backend.allocate(2, 2))).containsExactly(0, 0, 0, 0);
      assertThat(backend.toHost(backend.allocateMask(1, 2))).containsExactly(0, 0);
      plane.close();
      assertThatThrownBy(() -> backend.toHost(plane))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      assertThatThrownBy(() -> backend.fromHost(pixels, 4, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4 x 2");
    }
  }
}
