package io.github.starlane.cuda;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.BackendProvider;

/**
 * Offers the CUDA backend. It has no kernels yet, so that it is never usable; its probe says
 * whether this machine has a device that could run them.
 */
public final class CudaProvider implements BackendProvider {

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int rank() {
    return 20;
  }

  @Override
  public Availability probe() {
    return availability(CudaDriver.shared().state());
  }

  static Availability availability(CudaDriver.State state) {
    String detail =
        state.devices().isEmpty()
            ? state.problem()
            : "found "
                + String.join(", ", state.devices())
                + ", but this version has no GPU kernels yet";
    return new Availability(false, detail);
  }

  @Override
  public Backend open() {
    throw new IllegalStateException("the cuda backend cannot be used: " + probe().detail());
  }
}
