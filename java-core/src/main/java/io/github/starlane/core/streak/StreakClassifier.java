package io.github.starlane.core.streak;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells streaks from diffraction spikes and from overflowing or bad columns and rows.
 *
 * <p>A spike goes through the centre of a bright star or begins there, and fades away from it, or
 * another bright star has one of the same direction or at right angles to it. A column is parallel
 * to an axis to a pixel, and goes through a bright star, or is narrower than a point source can be,
 * or lies at the image's edge.
 */
final class StreakClassifier {

  /** A line goes through a star closer to its centre than this [FWHM]. */
  private static final double THROUGH = 1.2;

  /** A spike may begin so far from its star, where the core is masked, as a share of its length. */
  private static final double GAP = 0.3;

  private static final double LEAST_GAP = 15;

  /** Least ratio of the light near the star and far from it, and how significant. */
  private static final double FADING = 1.5;

  private static final double SURE = 2.5;
  private static final int FOURTHS = 4;

  /** Spikes of several stars have the same directions within this [degree]. */
  private static final double SAME_DIRECTION = 1.5;

  /** A column strays this little over its length [pixel]. */
  private static final double STRAIGHT = 1.2;

  /** Narrower than the PSF. */
  private static final double NARROW = 0.8;

  /** So close to the edge is at it [pixel]. */
  private static final double EDGE = 6;

  private final BrightStars stars;
  private final double psfFwhm;
  private final int width;
  private final int height;

  StreakClassifier(BrightStars stars, double psfFwhm, int width, int height) {
    this.stars = stars;
    this.psfFwhm = psfFwhm;
    this.width = width;
    this.height = height;
  }

  /** The same lines with their kinds. */
  List<Streak> classify(List<MeasuredStreak> lines) {
    int[] star = lines.stream().mapToInt(line -> starOf(line.streak())).toArray();
    List<Streak> result = new ArrayList<>();
    for (int i = 0; i < star.length; i++) {
      Streak streak = lines.get(i).streak();
      StreakKind kind = StreakKind.STREAK;
      if (isColumn(streak, star[i] >= 0)) {
        kind = StreakKind.BLEED_OR_COLUMN;
      } else if (star[i] >= 0 && isSpike(lines, star, i)) {
        kind = StreakKind.DIFFRACTION_SPIKE;
      }
      result.add(streak.as(kind));
    }
    return result;
  }

  /** A bright star on the line's extension, as near to its middle as there is; −1 if none. */
  private int starOf(Streak streak) {
    double gap = Math.max(LEAST_GAP, GAP * streak.length());
    double reach = THROUGH * Math.max(psfFwhm, 2);
    int best = -1;
    double nearest = streak.length() / 2 + gap;
    for (int k = 0; k < stars.count(); k++) {
      double across = Math.abs(streak.band().across(stars.x()[k], stars.y()[k]));
      double along =
          Math.abs(streak.band().along(stars.x()[k], stars.y()[k]) - streak.length() / 2);
      if (across <= reach && along < nearest) {
        best = k;
        nearest = along;
      }
    }
    return best;
  }

  private boolean isColumn(Streak streak, boolean throughStar) {
    double dx = Math.abs(streak.second().x() - streak.first().x());
    double dy = Math.abs(streak.second().y() - streak.first().y());
    if (Math.min(dx, dy) > STRAIGHT) {
      return false;
    }
    double place = dx < dy ? streak.first().x() : streak.first().y();
    double size = dx < dy ? width : height;
    boolean atEdge = place < EDGE || place > size - 1 - EDGE;
    // The error of a width of less than a pixel is unknown.
    double error = Math.min(3 * streak.fwhmError(), 0.25 * psfFwhm);
    boolean narrow = streak.fwhm() + error < NARROW * psfFwhm;
    return throughStar || narrow || atEdge;
  }

  private boolean isSpike(List<MeasuredStreak> lines, int[] star, int i) {
    Streak streak = lines.get(i).streak();
    if (streak.first().atEdge() && streak.second().atEdge()) {
      return false;
    }
    return fades(lines.get(i), star[i]) || hasLikes(lines, star, i);
  }

  /**
   * Whether the light in the second fourth of the way from the star is brighter than in the last.
   * The first is left out, where the star itself may be.
   */
  private boolean fades(MeasuredStreak measured, int star) {
    double centre = measured.line().along(stars.x()[star], stars.y()[star]);
    int[] part = measured.part();
    double reach = Math.max(Math.abs(part[0] - centre), Math.abs(part[1] - centre));
    double[] signal = new double[FOURTHS];
    double[] weight = new double[FOURTHS];
    for (int k = part[0]; k < part[1]; k++) {
      double share = Math.abs(k + 0.5 - centre) / reach;
      int fourth = (int) Math.min(FOURTHS - 1, FOURTHS * share);
      signal[fourth] += measured.profile().signal[k];
      weight[fourth] += measured.profile().weight[k];
    }
    double excess = signal[1] / weight[1] - FADING * signal[3] / weight[3];
    double error = Math.sqrt(1 / weight[1] + FADING * FADING / weight[3]);
    return excess > SURE * error;
  }

  private static boolean hasLikes(List<MeasuredStreak> lines, int[] star, int i) {
    double angle = lines.get(i).streak().angle();
    for (int k = 0; k < star.length; k++) {
      double turn = lines.get(k).streak().angle() - angle;
      if (star[k] >= 0
          && k != i
          && Math.abs(Math.IEEEremainder(turn, 90)) < SAME_DIRECTION
          && (star[k] != star[i] || Math.abs(Math.IEEEremainder(turn, 180)) > 45)) {
        return true;
      }
    }
    return false;
  }
}
