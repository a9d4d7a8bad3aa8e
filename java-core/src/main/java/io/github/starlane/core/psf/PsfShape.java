package io.github.starlane.core.psf;

import java.util.Set;

/**
 * Numbers that describe a PSF at one place of an image. All lengths are those of the
 * pixel-integrated profile.
 *
 * @param fwhm full width at half maximum of the mean over angles; of a ring, its outer width
 *     [pixel]
 * @param xx second moment along x of the Gaussian that the core looks like [pixel²]
 * @param yy second moment along y
 * @param xy mixed second moment
 * @param ellipticity 1 − b / a of these moments
 * @param angle of their major axis from x towards y [deg], −90…90
 * @param sumOfSquares Σ P² of the stamp centred on a pixel: 1 / noise-equivalent area [1 / pixel]
 * @param peak fraction of the flux in the pixel that a star is centred on
 * @param maxima number of local maxima that stand out of the noise
 * @param peakRatio second highest of them over the highest; 0 for a single one
 * @param peakDistance distance of these two [pixel]; 0 for a single one
 * @param gaussianMajor FWHM along the major axis of the elliptical Gaussian that fits best [pixel]
 * @param gaussianMinor FWHM along its minor axis [pixel]
 * @param gaussianAngle of its major axis from x towards y [deg], −90…90
 * @param flags what is unusual
 */
public record PsfShape(
    double fwhm,
    double xx,
    double yy,
    double xy,
    double ellipticity,
    double angle,
    double sumOfSquares,
    double peak,
    int maxima,
    double peakRatio,
    double peakDistance,
    double gaussianMajor,
    double gaussianMinor,
    double gaussianAngle,
    Set<PsfFlag> flags) {

  /** That of a PSF of which nothing is known. */
  public static final PsfShape UNKNOWN =
      new PsfShape(
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          0,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Set.of());
}
