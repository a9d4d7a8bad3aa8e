package io.github.starlane.core.streak;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import java.util.List;

/** The pixels that streaks spoil: max(3 pixels, FWHM) to either side of each. */
public final class StreakMask {

  private final List<Streak> streaks;

  /** Of lines of light of all kinds; only {@link StreakKind#STREAK} counts. */
  public StreakMask(List<Streak> lines) {
    streaks = lines.stream().filter(line -> line.kind() == StreakKind.STREAK).toList();
  }

  /** Sets {@link MaskBit#STREAK} of the pixels in a mask. */
  public void mark(Backend backend, MaskPlane mask) {
    for (Streak streak : streaks) {
      backend.radon().mark(mask, streak.band(), MaskBit.STREAK.bit());
    }
  }

  /** Whether a position lies on a streak. */
  public boolean covers(double x, double y) {
    return streakAt(x, y) != null;
  }

  /** The streak of most flux per length that a position lies on; null if on none. */
  Streak streakAt(double x, double y) {
    Streak brightest = null;
    for (Streak streak : streaks) {
      if (streak.band().contains(x, y)
          && (brightest == null || streak.fluxPerLength() > brightest.fluxPerLength())) {
        brightest = streak;
      }
    }
    return brightest;
  }
}
