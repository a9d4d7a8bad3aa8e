package io.github.starlane.kernels.resample;

/**
 * How to resample.
 *
 * @param conserveFlux multiply by the Jacobian of the mapping (sums over sources are kept)
 * @param badBits input pixels with one of these mask bits get no weight
 * @param emptyBit mask bit of output pixels without input
 * @param maskWeight input masks are inherited through weights larger than this in absolute value
 */
public record ResampleParameters(
    boolean conserveFlux, int badBits, int emptyBit, double maskWeight) {}
