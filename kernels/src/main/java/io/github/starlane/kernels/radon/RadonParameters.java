package io.github.starlane.kernels.radon;

/**
 * How streaks are looked for.
 *
 * @param psfSigma standard deviation of the streaks' cross-section [pixel]; 0 takes the image as
 *     filtered already
 * @param threshold least S/N of a streak. A search of a crop has some 10⁸ trials: noise reaches 6
 *     to 6.5
 * @param shortest least length [pixel], at least 4 binned pixels
 * @param mostStreaks largest number of streaks
 * @param badBits pixels with one of these mask bits have no weight
 * @param starLimit groups of pixels where a star would have more than this S/N and that are not
 *     elongated get no weight, nor do their surroundings; positive infinity keeps stars. Pieces of
 *     a streak near this limit look like stars: well above the S/N that a faint streak has in the
 *     length of a PSF
 * @param binning the search is made on squares of b × b pixels, at least 1. It costs a share {@code
 *     1 − (1 + (b² − 1) / 12σ²)^(−1/4)} of the S/N: a Gaussian's light sampled by squares is a
 *     Gaussian of the variance {@code σ² + (b² − 1) / 12}, and S/N falls with the root of its width
 */
public record RadonParameters(
    double psfSigma,
    double threshold,
    int shortest,
    int mostStreaks,
    int badBits,
    double starLimit,
    int binning) {}
