package io.github.starlane.testdata;

/**
 * How the magnitude of a star changes.
 *
 * @param kind the shape of the light curve
 * @param amplitude half the range of a sinusoid, the depth of an eclipse [mag]
 * @param period period [s]
 * @param phase phase at the start of the visit, 0 … 1
 */
record Variability(Kind kind, double amplitude, double period, double phase) {
  /** Shapes of light curves. */
  enum Kind {
    /** No change. */
    CONSTANT,
    /** amplitude × sin(2π phase). */
    SINUSOID,
    /** Dimmer by amplitude during 12 % of the period around phase 0, with ramps of 4 % each. */
    ECLIPSE
  }

  static final Variability CONSTANT = new Variability(Kind.CONSTANT, 0, 1, 0);

  private static final double HALF_BOTTOM = 0.06;
  private static final double RAMP = 0.04;

  /** Magnitude above the mean (or above the uneclipsed one) at {@code time} [s] into the visit. */
  double offsetAt(double time) {
    double cycle = phase + time / period;
    double now = cycle - Math.floor(cycle);
    return switch (kind) {
      case CONSTANT -> 0;
      case SINUSOID -> amplitude * Math.sin(2 * Math.PI * now);
      case ECLIPSE -> amplitude * eclipse(Math.min(now, 1 - now));
    };
  }

  private static double eclipse(double fromMiddle) {
    return Math.clamp((HALF_BOTTOM + RAMP - fromMiddle) / RAMP, 0, 1);
  }
}
