package io.github.starlane.kernels.calibrate;

/**
 * Corrected = Σₖ coefficients[k] · measuredᵏ.
 *
 * @param coefficients at least one; {0, 1} is the identity
 */
public record LinearityPolynomial(double[] coefficients) implements Linearity {

  /**
   * Copies the coefficients.
   *
   * @throws IllegalArgumentException if there are none
   */
  public LinearityPolynomial {
    if (coefficients.length == 0) {
      throw new IllegalArgumentException("a linearity polynomial needs coefficients");
    }
    coefficients = coefficients.clone();
  }

  @Override
  public double corrected(double measured) {
    double sum = 0;
    for (int k = coefficients.length - 1; k >= 0; k--) {
      sum = sum * measured + coefficients[k];
    }
    return sum;
  }
}
