package io.github.starlane.kernels;

/**
 * Offers the Vector API kernels where the JVM was started with the incubator module. Mentions no
 * class of that module itself, so that it can be asked on any JVM.
 */
public final class SimdProvider implements BackendProvider {

  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public Availability probe() {
    if (!isLoaded()) {
      return new Availability(
          false, "the JVM runs without the Vector API; start it with --add-modules " + MODULE);
    }
    try {
      return new Availability(true, SimdKernels.lanes());
    } catch (LinkageError e) {
      return new Availability(
          false, "the Vector API of this JVM does not fit (" + e + "); use JDK 25");
    }
  }

  /** Asks for a class, not for the module: a module loaded after the start is in no boot layer. */
  private static boolean isLoaded() {
    try {
      Class.forName(MODULE + ".Vector", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public Backend open() {
    Availability availability = probe();
    if (!availability.usable()) {
      throw new IllegalStateException(availability.detail());
    }
    return new CpuBackend(name(), "simd (" + SimdKernels.lanes() + ")", SimdKernels.all());
  }
}
