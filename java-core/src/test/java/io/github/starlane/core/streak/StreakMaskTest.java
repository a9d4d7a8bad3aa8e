package io.github.starlane.core.streak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.MaskPlane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreakMaskTest {

  private static Streak streak(double fwhm, StreakKind kind) {
    StreakEnd first = new StreakEnd(20.13, 30.07, 0.1, 0.1, false);
    StreakEnd second = new StreakEnd(80.13, 75.07, 0.1, 0.1, false);
    return new Streak(first, second, fwhm, 0.1, 50, 100, 2, 1, kind);
  }

  /** Distance from the segment (20.13, 30.07) to (80.13, 75.07), which is along (0.8, 0.6). */
  private static double distance(double x, double y) {
    double along = Math.clamp(0.8 * (x - 20.13) + 0.6 * (y - 30.07), 0.0, 75.0);
    return Math.hypot(x - 20.13 - 0.8 * along, y - 30.07 - 0.6 * along);
  }

  @ParameterizedTest
  @CsvSource({"2.5, 3", "6, 6"})
  void pixelsWithinTheHalfWidthAreMarkedAndNoOthers(double fwhm, double halfWidth) {
    StreakMask mask = new StreakMask(List.of(streak(fwhm, StreakKind.STREAK)));
    int[] bits = new int[100 * 90];
    bits[0] = MaskBit.NAN.bit();
    try (Backend backend = Backends.select("auto").backend();
        MaskPlane plane = backend.fromHost(bits, 100, 90)) {
      mask.mark(backend, plane);
      int[] marked = backend.toHost(plane);
      for (int y = 0; y < 90; y++) {
        for (int x = 0; x < 100; x++) {
          boolean on = distance(x, y) <= halfWidth;
          assertThat(mask.covers(x, y)).isEqualTo(on);
          assertThat(marked[y * 100 + x] & MaskBit.STREAK.bit())
              .as("%d, %d", x, y)
              .isEqualTo(on ? MaskBit.STREAK.bit() : 0);
        }
      }
      assertThat(marked[0]).isEqualTo(MaskBit.NAN.bit());
    }
  }

  @Test
  void spikesAndColumnsSpoilNothing() {
    StreakMask mask =
        new StreakMask(
            List.of(
                streak(3, StreakKind.DIFFRACTION_SPIKE), streak(3, StreakKind.BLEED_OR_COLUMN)));
    assertThat(mask.covers(20, 30)).isFalse();
  }

  @Test
  void piecesOfAStreakAreToldFromStarsUnderIt() {
    List<Streak> streaks = List.of(streak(2.6, StreakKind.STREAK));
    // Flux of a PSF fit on a streak of its own width: 2 √π σ of it.
    double piece = 2 * Math.sqrt(Math.PI) * 2.6 / 2.3548 * 100;
    assertThat(StreakSources.pieceOf(streaks.get(0), 2.6)).isBetween(0.999 * piece, 1.001 * piece);
    double[] x = {52, 52, 52, 52, 60, 16, 52};
    double[] y = {54, 54, 54, 54, 48, 27, 54};
    double[] flux = {piece, 1.9 * piece, 4 * piece, 4 * piece, piece, piece, Double.NaN};
    double[] error = {20, 20, 20, 1 * piece, 20, 20, 20};
    assertThat(StreakSources.fragments(streaks, x, y, flux, error, 2.6))
        .containsExactly(true, true, false, true, false, false, true);
  }
}
