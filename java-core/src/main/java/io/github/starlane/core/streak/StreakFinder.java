package io.github.starlane.core.streak;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.radon.Band;
import io.github.starlane.kernels.radon.RadonParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds straight lines of light in what is left of an image without its sources: a fast Radon
 * transform of the binned image finds them, a fit of the pixels measures them.
 *
 * <p>Bins are as large as they may be without costing more than a fourteenth of the S/N: for a
 * cross-section of standard deviation σ the share that is left is (1 + (b² − 1) / 12σ²)^(−1/4), so
 * that b² ≤ 1 + 4σ². The transform takes lines of less S/N than is asked for, the fit decides.
 */
public final class StreakFinder {

  /** S/N in the binned image as a share of the threshold. */
  private static final double LEAST_SHARE = 0.86;

  /** Length in the binned image as a share of the least length. */
  private static final double LEAST_LENGTH = 0.6;

  private static final int SMALLEST_BIN = 2;
  private static final int LARGEST_BIN = 4;

  /** A kernel's streak has at least so many bins. */
  private static final int LEAST_BINS = 4;

  /** Of a line that is measured, this much to either side belongs to it [FWHM]. */
  private static final double OWN = 2;

  /** A line as near as this to another one's is the same [FWHM], and a gap in it [length]. */
  private static final double SAME = 1.2;

  private static final double FAINTER = 0.25;
  private static final double BROADER = 3;

  private static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));

  private final Backend backend;
  private final StreakSettings settings;

  /** A finder. */
  public StreakFinder(Backend backend, StreakSettings settings) {
    this.backend = backend;
    this.settings = settings;
  }

  /**
   * Finds lines of light of all kinds, the most significant first.
   *
   * @param residual image without background and sources; NaN is bad
   * @param variance of it, with the noise of the sources [unit²]; where the sources' model may be
   *     wrong, as in the cores of bright stars, it should be large or infinite
   * @param mask pixels with one of {@link MaskBit#bad()} have no weight; null for none
   * @param psfFwhm of a point source [pixel]
   * @param stars that may have spikes or overflowing columns
   */
  public List<Streak> find(
      Plane residual, Plane variance, MaskPlane mask, double psfFwhm, BrightStars stars) {
    if (!(psfFwhm > 0 && psfFwhm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a PSF of FWHM " + psfFwhm);
    }
    if (settings.maximumStreaks() <= 0) {
      return List.of();
    }
    StreakFitter fitter =
        new StreakFitter(backend, residual, variance, mask, psfFwhm, settings.threshold());
    List<MeasuredStreak> lines = new ArrayList<>();
    for (Band guess : candidates(residual, variance, mask, psfFwhm)) {
      if (lines.stream().noneMatch(line -> isPartOf(guess, line.streak()))) {
        MeasuredStreak line = fitter.measure(guess, bands(lines, -1));
        if (isAccepted(line)
            && lines.stream().noneMatch(k -> isPartOf(line.streak().band(), k.streak()))) {
          lines.add(line);
        }
      }
    }
    if (lines.size() > 1) {
      lines = measureApart(lines, fitter);
    }
    lines.sort(Comparator.comparingDouble(line -> -line.streak().signalToNoise()));
    return new StreakClassifier(stars, psfFwhm, residual.width(), residual.height())
        .classify(lines);
  }

  private List<Band> candidates(Plane residual, Plane variance, MaskPlane mask, double psfFwhm) {
    double sigma = psfFwhm / FWHM_PER_SIGMA;
    int bin = (int) Math.clamp(Math.sqrt(1 + 4 * sigma * sigma), SMALLEST_BIN, LARGEST_BIN);
    int shortest = (int) Math.max(LEAST_BINS * bin, LEAST_LENGTH * settings.minimumLength());
    RadonParameters parameters =
        new RadonParameters(
            sigma,
            LEAST_SHARE * settings.threshold(),
            shortest,
            settings.maximumStreaks(),
            MaskBit.bad(),
            Double.POSITIVE_INFINITY,
            bin);
    List<Band> result = new ArrayList<>();
    for (var found : backend.radon().find(residual, variance, mask, parameters)) {
      result.add(new Band(found.x1(), found.y1(), found.x2(), found.y2(), psfFwhm));
    }
    return result;
  }

  private boolean isAccepted(MeasuredStreak line) {
    return line != null
        && line.streak().signalToNoise() >= settings.threshold()
        && line.streak().length() >= settings.minimumLength();
  }

  /** Whether a line is one of the ridges of a broad streak, or goes on where it is fainter. */
  private static boolean isPartOf(Band line, Streak streak) {
    Band band = streak.band();
    double reach = SAME * streak.fwhm();
    double a = band.along(line.x1(), line.y1());
    double b = band.along(line.x2(), line.y2());
    double gap = FAINTER * band.length();
    return Math.abs(band.across(line.x1(), line.y1())) <= reach
        && Math.abs(band.across(line.x2(), line.y2())) <= reach
        && Math.max(a, b) >= -gap
        && Math.min(a, b) <= band.length() + gap;
  }

  /** Again without the light of the others: streaks that cross, or run side by side. */
  private List<MeasuredStreak> measureApart(List<MeasuredStreak> lines, StreakFitter fitter) {
    List<MeasuredStreak> result = new ArrayList<>();
    for (int k = 0; k < lines.size(); k++) {
      MeasuredStreak again = fitter.measure(lines.get(k).streak().band(), bands(lines, k));
      if (isAccepted(again)) {
        result.add(again);
      }
    }
    return result;
  }

  private static boolean isBroadAndFaint(Streak other, Streak line) {
    return other.signalToNoise() < line.signalToNoise() && other.fwhm() > BROADER * line.fwhm();
  }

  /**
   * The pixels of all lines but one; without those of broad faint ones, under which a bright line
   * would vanish.
   */
  private static List<Band> bands(List<MeasuredStreak> lines, int but) {
    List<Band> bands = new ArrayList<>();
    for (int k = 0; k < lines.size(); k++) {
      Streak s = lines.get(k).streak();
      if (k != but && (but < 0 || !isBroadAndFaint(s, lines.get(but).streak()))) {
        bands.add(
            new Band(s.first().x(), s.first().y(), s.second().x(), s.second().y(), OWN * s.fwhm()));
      }
    }
    return bands;
  }
}
