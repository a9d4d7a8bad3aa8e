package io.github.starlane.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.kernels.Backend;
import org.junit.jupiter.api.Test;

class BackendChoiceTest {

  @Test
  void aNameThatNoBackendHasIsAUsageErrorThatNamesThem() {
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> BackendChoice.open("smid"))
        .withMessageContainingAll("smid", "auto", "simd", "scalar")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void aKnownNameOpensIt() {
    try (Backend backend = BackendChoice.open("scalar").backend()) {
      assertThat(backend.name()).isEqualTo("scalar");
    }
  }
}
