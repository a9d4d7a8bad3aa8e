package io.github.starlane.kernels.resample;

/**
 * How to resample.
 *
 * @param conserveFlux multiply by the Jacobian of the mapping (sums over sources are kept)
 * @param badBits input pixels with one of these mask bits get no weight
 * @param emptyBit mask bit of output pixels without input
 * @param maskRule which input pixels an output pixel inherits its mask from
 * @param maskWeight for {@link MaskRule#TOUCHED}: input masks are inherited through weights larger
 *     than this in absolute value
 */
public record ResampleParameters(
    boolean conserveFlux, int badBits, int emptyBit, MaskRule maskRule, double maskWeight) {

  /** Which input pixels an output pixel inherits its mask from. */
  public enum MaskRule {
    /** All that weigh more than the limit: their masks are joined. */
    TOUCHED,

    /** The one whose centre is nearest; half-way between two, the later one. */
    NEAREST
  }

  /** Masks by {@link MaskRule#TOUCHED}. */
  public ResampleParameters(boolean conserveFlux, int badBits, int emptyBit, double maskWeight) {
    this(conserveFlux, badBits, emptyBit, MaskRule.TOUCHED, maskWeight);
  }
}
