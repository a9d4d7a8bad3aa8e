package io.github.starlane.kernels.psffit;

/** The plain version, in double precision. */
public final class ScalarPsfFit extends ImagePsfFit {

  /** A fit with plain loops. */
  public ScalarPsfFit() {
    super(new ScalarPsfEngine());
  }
}
