package io.github.starlane.core.psf;

/**
 * How the PSF is built.
 *
 * @param oversampling grid points per pixel
 * @param degree of the polynomial by which the PSF varies over a crop; lower where stars are few
 * @param minimumSignalToNoise of a star
 * @param maximumSignalToNoise of a star
 * @param maximumStars the most significant ones are taken
 * @param minimumStars with fewer a smooth analytic PSF is used alone
 * @param isolation no other source of more than 5 % of a star's flux within this many FWHM
 * @param iterations rounds of fitting stars and improving the model
 */
public record PsfSettings(
    int oversampling,
    int degree,
    double minimumSignalToNoise,
    double maximumSignalToNoise,
    int maximumStars,
    int minimumStars,
    double isolation,
    int iterations) {}
