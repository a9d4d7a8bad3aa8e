package io.github.starlane.core.psf;

/**
 * How the PSF is built.
 *
 * @param oversampling grid points per pixel
 * @param degree of the polynomial by which the PSF varies over the region it is built for; lower
 *     where stars are few
 * @param minimumSignalToNoise of a star
 * @param maximumSignalToNoise of a star
 * @param maximumStars of one crop; the most significant ones are taken
 * @param minimumStars with fewer in the whole region a smooth analytic PSF is used alone
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
