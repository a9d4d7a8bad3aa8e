package io.github.starlane.core.source;

/**
 * How cosmic rays are found in single exposures.
 *
 * @param find whether they are looked for by their edges (L.A.Cosmic); hits that are sharper than
 *     the PSF are flagged in any case
 * @param sigmaClip limit of the Laplacian's significance
 * @param sigmaFraction limit for neighbours of a hit, as a fraction of sigmaClip
 * @param objectLimit least contrast between Laplacian and fine structure
 * @param iterations largest number of passes
 * @param maximumFraction if more than this fraction of the pixels would be masked, none is
 */
public record CosmicRaySettings(
    boolean find,
    double sigmaClip,
    double sigmaFraction,
    double objectLimit,
    int iterations,
    double maximumFraction) {}
