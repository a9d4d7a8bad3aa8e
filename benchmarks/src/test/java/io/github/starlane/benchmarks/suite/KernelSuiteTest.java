package io.github.starlane.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.benchmarks.Frame;
import io.github.starlane.kernels.Backend;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KernelSuiteTest {

  private final KernelSuite suite =
      new KernelSuite("simd", Frame.CROP, 2, KernelSuite.Effort.QUICK);

  @Test
  void everyKernelOfABackendHasABenchmark() {
    Set<String> rooms = new TreeSet<>();
    suite.kernels().forEach(name -> rooms.add(name.substring(0, name.indexOf('.'))));

    List<String> kernels =
        Arrays.stream(Backend.class.getMethods())
            .map(Method::getReturnType)
            .filter(type -> type.getPackageName().startsWith("io.github.starlane.kernels."))
            .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
            .toList();
    assertThat(rooms).containsExactlyInAnyOrderElementsOf(kernels);
  }

  @Test
  void ratesAndRatiosFitTogether() {
    List<List<KernelSpeed>> heard = new ArrayList<>();

    List<KernelSpeed> speeds = suite.run(List.of("background.subtract"), heard::add);

    assertThat(heard).containsExactly(speeds);
    KernelSpeed speed = speeds.get(0);
    assertThat(speed.kernel()).isEqualTo("background.subtract");
    assertThat(speed.threads()).isEqualTo(2);
    // Wide enough for any machine; a wrong unit would be off by a thousand.
    assertThat(speed.megapixelsPerSecond()).isBetween(1.0, 1e5);
    assertThat(speed.toCopy()).isBetween(1e-3, 10.0);
    assertThat(speed.toScalar()).isBetween(0.1, 1e3);
    assertThat(speed.scaling()).isBetween(0.1, 20.0);
    // 4 bytes are read and 4 written for each pixel that is copied.
    double copied = 8 * speed.megapixelsPerSecond() / speed.toCopy();
    assertThat(copied).isBetween(200.0, 2e6);
    assertThat(suite.copyMegabytesPerSecond(1)).isBetween(200.0, 2e6);
  }

  @Test
  void theBuiltInBaselineHasTheKernelsThatThereAreAndNoOthers() {
    Baseline builtIn = Baseline.builtIn();
    assertThat(builtIn.machines()).isNotEmpty();
    for (String machine : builtIn.machines()) {
      assertThat(builtIn.kernels(machine, "CROP").stream().map(KernelSuite::withoutSettings))
          .as(machine)
          .containsOnly(suite.kernels().toArray(String[]::new))
          .containsAll(suite.kernels());
    }
  }

  @Test
  void theScalarBackendHasNoRatioToItself() {
    KernelSuite plain = new KernelSuite("scalar", Frame.CROP, 1, KernelSuite.Effort.QUICK);

    KernelSpeed speed = plain.run(List.of("background.subtract"), measured -> {}).get(0);

    assertThat(speed.toScalar()).isNaN();
    assertThat(speed.scaling()).isNaN();
  }
}
