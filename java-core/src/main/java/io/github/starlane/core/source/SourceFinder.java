package io.github.starlane.core.source;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.matchedfilter.MatchedFilterParameters;
import io.github.starlane.kernels.matchedfilter.Peaks;
import io.github.starlane.kernels.matchedfilter.Template;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.Stars;
import java.util.List;

/**
 * Finds, fits and subtracts the sources of an image in rounds of falling threshold, then fits all
 * of them once more together and drops what that shows to be remnants of blends.
 *
 * <p>Each round looks for peaks of the matched filters (a delta function, the PSF, a broadened PSF)
 * in what the sources found so far leave over; the variance grows by the noise of what was
 * subtracted. After the first round the halos of the brightest stars are fitted and taken off;
 * before the last one the background is estimated again without the sources.
 */
final class SourceFinder {
  /** Rounds at the last threshold are repeated at most so often … */
  private static final int MOST_REPEATS = 3;

  /** … and as long as more than this fraction of the sources is new. */
  private static final double REPEAT_FRACTION = 0.01;

  private final Backend backend;
  private final SourceSettings settings;
  private final SourceImage image;
  private final SkyModel sky;
  private final Psf psf;
  private final StarFitter fitter;
  private final List<Template> bank;
  private final List<String> remarks;
  private final SourceList found = new SourceList();

  /**
   * A finder.
   *
   * @param remarks receives what is odd, as sentences
   */
  SourceFinder(
      Backend backend,
      SourceSettings settings,
      SourceImage image,
      SkyModel sky,
      Psf psf,
      BroadenedPsf broadened,
      List<String> remarks) {
    this.backend = backend;
    this.settings = settings;
    this.image = image;
    this.sky = sky;
    this.psf = psf;
    this.fitter = new StarFitter(backend, settings, image, psf);
    this.remarks = remarks;
    int radius = Math.min(psf.model().radius(), (int) Math.ceil(1.5 * psf.fwhm()) + 1);
    this.bank =
        List.of(
            psf.template(radius), PixelGaussian.template("delta", 0.1), broadened.template(radius));
  }

  /** The sources, and their joint fit. */
  record Found(SourceList sources, PsfFitResult fit) {}

  /** Finds the sources; improves the sky model on the way. */
  Found find() {
    int rounds = settings.thresholds().size();
    HaloModel halos = new HaloModel(backend, settings, image, psf);
    int fresh = 0;
    for (int round = 0; round < rounds; round++) {
      if (round == 1) {
        halos.fit(found.stars(), sky, fitter);
      }
      if (round == rounds - 1 && round > 0) {
        estimateBackgroundAgain();
      }
      fresh = findRound(round, settings.thresholds().get(round));
    }
    // What a blend hides comes to light when its brighter members are taken off.
    for (int more = 0; more < MOST_REPEATS && fresh > REPEAT_FRACTION * found.count(); more++) {
      fresh = findRound(rounds - 1, settings.thresholds().get(rounds - 1));
    }
    PsfFitResult fit = fitter.fit(sky.sky(), sky.variance(), found.stars());
    found.update(fit, 0);
    PsfFitResult left =
        new RemnantRemover(
                backend, image.frame().mask(), psf.model(), psf.fwhm(), fitter.parameters())
            .clean(found, fit, sky.sky(), sky.variance());
    return new Found(found, left);
  }

  /** Returns how many are new. */
  private int findRound(int round, double threshold) {
    try (Plane residual = sky.copy(sky.sky());
        Plane noise = sky.copy(sky.variance())) {
      if (found.count() > 0) {
        fitter.takeOff(found.stars(), residual, noise);
      }
      Peaks peaks = detect(residual, noise, threshold);
      int before = found.count();
      found.add(peaks, round + 1, 0.6 * psf.fwhm());
      Stars fresh = found.stars(before);
      if (fresh.count() > 0) {
        found.update(fitter.fit(residual, noise, fresh), before);
      }
      return fresh.count();
    }
  }

  private Peaks detect(Plane residual, Plane noise, double threshold) {
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
