package io.github.starlane.core.source;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.streak.Streak;
import io.github.starlane.core.streak.StreakSettings;
import io.github.starlane.core.streak.StreakSources;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.matchedfilter.MatchedFilterParameters;
import io.github.starlane.kernels.matchedfilter.Peaks;
import io.github.starlane.kernels.matchedfilter.Template;
import io.github.starlane.kernels.psffit.PsfFitResult;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds, fits and subtracts the sources of an image in rounds of falling threshold, then fits all
 * of them once more together and drops what that shows to be remnants of blends.
 *
 * <p>Each round looks for peaks of the matched filters (a delta function, the PSF, a broadened PSF)
 * in what the sources found so far leave over; the variance grows by the noise of what was
 * subtracted. After the first round the halos of the brightest stars are fitted and taken off;
 * before the last one the background is estimated again without the sources. In the end streaks are
 * looked for, whose fragments are no sources.
 */
final class SourceFinder {
  /** Rounds at the last threshold are repeated at most so often … */
  private static final int MOST_REPEATS = 3;

  /** … and as long as more than this fraction of the sources is new. */
  private static final double REPEAT_FRACTION = 0.01;

  private final Backend backend;
  private final SourceSettings settings;
  private final StreakSettings streakSettings;
  private final SourceImage image;
  private final SkyModel sky;
  private final Psf psf;
  private final StarFitter fitter;
  private final HaloModel halos;
  private final List<Template> bank;
  private final DiffuseLight diffuse;
  private final List<String> remarks;
  private final SourceList found = new SourceList();
  private List<Streak> lines = List.of();

  /** What the sources found so far leave over of the sky, and its noise. */
  private Plane residual;

  private Plane noise;

  /**
   * A finder.
   *
   * @param remarks receives what is odd, as sentences
   */
  SourceFinder(
      Backend backend,
      SourceSettings settings,
      StreakSettings streakSettings,
      SourceImage image,
      SkyModel sky,
      Psf psf,
      BroadenedPsf broadened,
      List<String> remarks) {
    this.backend = backend;
    this.settings = settings;
    this.streakSettings = streakSettings;
    this.image = image;
    this.sky = sky;
    this.psf = psf;
    this.fitter = new StarFitter(backend, settings, image, sky, psf);
    this.halos = new HaloModel(backend, settings, image, psf);
    this.remarks = remarks;
    this.diffuse = new DiffuseLight(broadened, psf.fwhm(), remarks);
    int radius = Math.min(psf.model().radius(), (int) Math.ceil(1.5 * psf.fwhm()) + 1);
    this.bank =
        List.of(
            psf.template(radius), PixelGaussian.template("delta", 0.1), broadened.template(radius));
  }

  /** The sources, their joint fit, and the lines of light among them. */
  record Found(SourceList sources, PsfFitResult fit, List<Streak> lines) {}

  /** Finds the sources; improves the sky model on the way. */
  Found find() {
    try (Plane first = sky.allocate();
        Plane second = sky.allocate()) {
      residual = first;
      noise = second;
      findRounds();
    }
    PsfFitResult fit = fitter.fit(sky.sky(), sky.variance(), found.stars());
    found.update(fit, 0);
    PsfFitResult left =
        new RemnantRemover(
                backend, image.frame().mask(), psf.model(), psf.fwhm(), fitter.parameters())
            .clean(found, fit, sky.sky(), sky.variance());
    lines = new StreakSearch(backend, settings, streakSettings, image, sky, psf).find(left, fitter);
    return withoutFragments(left);
  }

  private void findRounds() {
    List<Double> thresholds = settings.thresholds();
    int last = thresholds.size() - 1;
    int fresh = 0;
    renewResidual();
    for (int round = 0; round <= last; round++) {
      boolean changed = round == 1 && halos.fit(found.stars(), sky, fitter);
      if (round == last && round > 0) {
        estimateBackgroundAgain();
        changed = true;
      }
      if (changed) {
        renewResidual();
      }
      fresh = findRound(round, thresholds.get(round));
    }
    // What a blend hides comes to light when its brighter members are taken off.
    for (int more = 0; more < MOST_REPEATS && fresh > REPEAT_FRACTION * found.count(); more++) {
      fresh = findRound(last, thresholds.get(last));
    }
  }

  /** Returns how many are new; they are taken off the residual. */
  private int findRound(int round, double threshold) {
    Peaks peaks = diffuse.thin(detect(threshold));
    int before = found.count();
    found.add(peaks, round + 1, 0.6 * psf.fwhm());
    if (found.count() > before) {
      found.update(fitter.fitCoarsely(residual, noise, found.stars(before)), before);
      fitter.takeOff(found.stars(before), residual, noise);
    }
    return found.count() - before;
  }

  /** One streak is one row, not hundreds of sources. */
  private Found withoutFragments(PsfFitResult fit) {
    boolean[] fragments =
        StreakSources.fragments(lines, fit.x(), fit.y(), fit.flux(), fit.fluxError(), psf.fwhm());
    int[] left = IntStream.range(0, fragments.length).filter(i -> !fragments[i]).toArray();
    if (left.length == fragments.length) {
      return new Found(found, fit, lines);
    }
    found.keep(left);
    return new Found(found, FitRows.select(fit, left), lines);
  }

  /** After a change of the sky: what it and all sources found so far leave over. */
  private void renewResidual() {
    backend.arithmetic().copy(sky.sky(), residual);
    backend.arithmetic().copy(sky.variance(), noise);
    if (found.count() > 0) {
      fitter.takeOff(found.stars(), residual, noise);
    }
  }

  private Peaks detect(double threshold) {
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(
            bank, 1, threshold, MaskBit.bad(), settings.border(), settings.maximumSources());
    Peaks peaks = backend.matchedFilter().detect(residual, noise, image.frame().mask(), parameters);
    if (peaks.truncated()) {
      remarks.add(
          "more than " + settings.maximumSources() + " peaks: only the most significant are kept");
    }
    return peaks;
  }

  /** Level and variance without the sources found so far. */
  private void estimateBackgroundAgain() {
    try (Plane cleaned = sky.imageWithoutHalos()) {
      fitter.takeOff(found.stars(), cleaned);
      sky.estimate(cleaned);
    }
  }
}
