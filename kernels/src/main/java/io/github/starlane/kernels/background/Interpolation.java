package io.github.starlane.kernels.background;

/** How values between the blocks' centres are found. */
public enum Interpolation {
  /** Natural bicubic spline: smooth, may overshoot beside a jump. */
  SPLINE,
  /** Bilinear: continuous, with kinks at the centres, between the values of the four blocks. */
  BILINEAR
}
