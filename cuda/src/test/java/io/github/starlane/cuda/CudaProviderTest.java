package io.github.starlane.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.starlane.kernels.BackendProvider;
import io.github.starlane.kernels.Backends;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CudaProviderTest {

  @Test
  void isFoundAndAnswersOnAnyMachine() {
    BackendProvider cuda =
        Backends.providers().stream()
            .filter(p -> p.name().equals("cuda"))
            .findFirst()
            .orElseThrow();
    assertThat(cuda.probe().usable()).isFalse();
    assertThat(cuda.probe().detail()).isNotBlank();
  }

  @Test
  void autoTakesAnotherBackendAndSaysWhy() {
    Backends.Selection selection = Backends.select("auto");
    assertThat(selection.backend().name()).isIn("simd", "scalar");
    assertThat(selection.remarks())
        .anyMatch(remark -> remark.startsWith("cuda backend not used: "));
  }

  @Test
  void askingForItByNameIsRefusedWithTheReason() {
    assertThatThrownBy(() -> Backends.select("cuda"))
        .isInstanceOf(Backends.UnavailableException.class)
        .hasMessageContaining(CudaDriver.shared().state().problem());
  }

  @Test
  void aLibraryThatCannotBeLoadedIsNoCrashAndIsAskedOnce() {
    AtomicInteger asked = new AtomicInteger();
    CudaDriver driver =
        new CudaDriver(
            () -> {
              asked.incrementAndGet();
              throw new UnsatisfiedLinkError("libcuda.so.1");
            });
    assertThat(driver.state().problem()).contains("no NVIDIA driver");
    assertThat(driver.state().devices()).isEmpty();
    assertThat(asked).hasValue(1);
  }

  @Test
  void aDeviceIsNamed() {
    CudaDriver.State state =
        new CudaDriver.State(List.of("NVIDIA H200 (compute capability 9.0)"), "");
    assertThat(CudaProvider.availability(state).detail())
        .contains("NVIDIA H200")
        .contains("no GPU kernels yet");
  }
}
