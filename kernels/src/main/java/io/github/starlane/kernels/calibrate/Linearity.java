package io.github.starlane.kernels.calibrate;

/** How a detector's counts above its zero level become proportional to the charge collected. */
public sealed interface Linearity permits LinearityPolynomial, LinearityTable {

  /**
   * What a count should have been.
   *
   * @param measured count above the zero level [ADU]
   * @return corrected count [ADU]; NaN for NaN
   */
  double corrected(double measured);
}
