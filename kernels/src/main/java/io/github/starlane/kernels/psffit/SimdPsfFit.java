package io.github.starlane.kernels.psffit;

/** The vector version, in double precision. */
public final class SimdPsfFit extends ImagePsfFit {

  /** A fit with vector loops. */
  public SimdPsfFit() {
    super(new SimdPsfEngine());
  }
}
