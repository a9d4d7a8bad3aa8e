package io.github.starlane.kernels.aperture;

/** Measures one source after the other. Mutable; one for each call. */
abstract class SourceMeter {

  final Annulus annulus;
  final WindowedMoments moments;

  /** Σ o · (I − level) over the good pixels of the last aperture. */
  double sum;

  /** Σ o² · variance. */
  double sumVariance;

  /** Σ o. */
  double area;

  SourceMeter(Annulus annulus, WindowedMoments moments) {
    this.annulus = annulus;
    this.moments = moments;
  }

  /** Turns to a source; everything else is about this one. */
  abstract void turnTo(double x, double y);

  /** Sums an aperture around a position, with the annulus's level taken off. */
  abstract void sumAperture(double x, double y, double radius);
}
