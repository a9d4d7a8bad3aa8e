package io.github.starlane.kernels.aperture;

/**
 * Apertures.
 *
 * @param radii aperture radii, growing [pixel]
 * @param annulusInner inner radius of the background annulus [pixel]
 * @param annulusOuter outer radius of the background annulus [pixel]; not larger than the inner one
 *     for none: background and its deviation are then 0
 * @param momentSigma σ of the Gaussian window of the moments [pixel]
 * @param momentRadius moments use pixels within this radius [pixel]
 * @param flagRadius mask bits of all pixels within ± this are OR-ed [pixel]
 * @param badBits pixels with one of these mask bits are left out
 */
public record ApertureParameters(
    double[] radii,
    double annulusInner,
    double annulusOuter,
    double momentSigma,
    double momentRadius,
    int flagRadius,
    int badBits) {}
