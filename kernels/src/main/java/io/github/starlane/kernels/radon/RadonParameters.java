package io.github.starlane.kernels.radon;

/**
 * How streaks are looked for.
 *
 * @param psfSigma standard deviation of the streaks' cross-section [pixel]; 0 takes the image as
 *     filtered already
 * @param threshold least S/N of a streak. A search of a crop has some 10⁸ trials: noise reaches 6
 *     to 6.5
 * @param shortest least length [pixel], at least 4
 * @param mostStreaks largest number of streaks
 * @param badBits pixels with one of these mask bits have no weight
 * @param starLimit groups of pixels where a star would have more than this S/N and that are not
 *     elongated get no weight, nor do their surroundings; positive infinity keeps stars. Pieces of
 *     a streak near this limit look like stars: well above the S/N that a faint streak has in the
 *     length of a PSF
 */
public record RadonParameters(
    double psfSigma,
    double threshold,
    int shortest,
    int mostStreaks,
    int badBits,
    double starLimit) {}
