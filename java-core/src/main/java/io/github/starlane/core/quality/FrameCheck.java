package io.github.starlane.core.quality;

import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.frame.Exposure;
import java.util.Locale;
import java.util.Optional;

/** Looks at a thin sample of a raw frame and says why it cannot be reduced, if it cannot. */
public final class FrameCheck {
  private static final int STEP = 7;
  private static final double LARGEST_BAD_FRACTION = 0.5;

  private FrameCheck() {}

  /** The reason to leave a frame out, as one clause; empty if it is good enough. */
  public static Optional<String> fault(RawFrame raw) {
    Exposure e = raw.exposure();
    float[] sample = raw.sample(STEP);
    int saturated = 0;
    int missing = 0;
    float first = Float.NaN;
    boolean constant = true;
    for (float v : sample) {
      if (!Float.isFinite(v)) {
        missing++;
        continue;
      }
      first = Float.isNaN(first) ? v : first;
      constant &= v == first;
      saturated += v >= e.saturation() ? 1 : 0;
    }
    double n = Math.max(1, sample.length);
    if (missing / n > LARGEST_BAD_FRACTION) {
      return Optional.of(
          String.format(
              Locale.ROOT, "%.0f %% of its pixels have no value (NaN)", 100 * missing / n));
    } else if (saturated / n > LARGEST_BAD_FRACTION) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%.0f %% of its pixels are saturated (%.0f ADU and more)",
              100 * saturated / n,
              e.saturation()));
    } else if (constant) {
      return Optional.of("all of its pixels have the same value, " + first);
    }
    return Optional.empty();
  }
}
