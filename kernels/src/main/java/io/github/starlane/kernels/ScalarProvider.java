package io.github.starlane.kernels;

/** Offers the plain Java kernels, which always work. */
public final class ScalarProvider implements BackendProvider {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Availability probe() {
    return new Availability(true, "plain Java");
  }

  @Override
  public Backend open() {
    return new CpuBackend(name(), "scalar (plain Java)", CpuKernels.scalar());
  }
}
