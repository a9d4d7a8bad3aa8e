package io.github.starlane.core.psf;

/** What is unusual about a PSF. */
public enum PsfFlag {
  /** FWHM below 2 pixels: positions and fluxes depend on where in a pixel a star stands. */
  UNDERSAMPLED,
  /** The minor axis is less than 0.7 of the major one. */
  ELONGATED,
  /** Dark in the middle, as out of focus with a central obstruction. */
  DONUT,
  /** Two or more separate peaks, as after a jump of the telescope. */
  DOUBLE,
  /** Few stars: where they say little, the smooth first guess rules. */
  FEW_STARS,
  /** No model could be built: a Moffat profile was assumed. */
  ASSUMED
}
