package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.background.BackgroundSettings;
import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfBuilder;
import io.github.starlane.core.psf.PsfCandidates;
import io.github.starlane.core.psf.PsfSettings;
import io.github.starlane.core.psf.PsfStarSelector;
import io.github.starlane.core.psf.PsfStars;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.background.BackgroundGrid;
import io.github.starlane.kernels.background.BackgroundParameters;
import io.github.starlane.kernels.matchedfilter.MatchedFilterParameters;
import io.github.starlane.kernels.matchedfilter.Peaks;
import io.github.starlane.kernels.matchedfilter.Template;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds, measures and subtracts sources in rounds of falling threshold, then fits all of them once
 * more together and drops what that shows to be remnants of blends.
 *
 * <p>Each round looks for peaks in what the sources found so far leave over; the variance grows by
 * the noise of what was subtracted. A source that is sharper than the PSF is no star (a cosmic ray
 * or a hot pixel): it is kept with a flag. After the last but one round the background is estimated
 * again without the sources.
 */
public final class SourceExtractor {
  /**
   * Relative error of the PSF model that is allowed for when faint neighbours of bright stars are
   * looked for.
   */
  private static final double PSF_ERROR = 0.03;

  private final Backend backend;
  private final BackgroundSettings backgroundSettings;
  private final PsfSettings psfSettings;
  private final SourceSettings settings;

  /** An extractor. */
  public SourceExtractor(
      Backend backend,
      BackgroundSettings backgroundSettings,
      PsfSettings psfSettings,
      SourceSettings settings) {
    this.backend = backend;
    this.backgroundSettings = backgroundSettings;
    this.psfSettings = psfSettings;
    this.settings = settings;
  }

  /**
   * Extracts all sources.
   *
   * @param frame image with its background [electron], mask
   * @param gain electrons per image unit: 1 for an epoch, the effective number of epochs for a mean
   *     coadd
   */
  public Extraction extract(CalibratedFrame frame, double gain) {
    return new Run(frame, gain, null).extraction();
  }

  /**
   * Extracts all sources from an image whose noise changes abruptly, such as a coadd of shifted
   * epochs.
   *
   * @param gain electrons per image unit
   * @param relativeVariance of the background at each pixel, 1 where it is typical
   */
  public Extraction extract(CalibratedFrame frame, double gain, Plane relativeVariance) {
    return new Run(frame, gain, relativeVariance).extraction();
  }

  /** Work on one image. */
  private final class Run {
    private final CalibratedFrame frame;
    private final double gain;
    private final Plane relativeVariance;
    private final MaskPlane mask;
    private final int width;
    private final int height;
    private final Plane sky;
    private final Plane variance;
    private final List<String> remarks = new ArrayList<>();
    private BackgroundGrid background;
    private SourceList found = new SourceList();

    Run(CalibratedFrame frame, double gain, Plane relativeVariance) {
      this.relativeVariance = relativeVariance;
      this.frame = frame;
      this.gain = gain;
      this.mask = frame.mask();
      this.width = frame.image().width();
      this.height = frame.image().height();
      this.sky = backend.allocate(width, height);
      this.variance = backend.allocate(width, height);
    }

    Extraction extraction() {
      try {
        estimateBackground(frame.image());
        Psf psf = buildPsf();
        if (psf.stars() < psfSettings.minimumStars()) {
          remarks.add(
              "only "
                  + psf.stars()
                  + (psf.stars() == 1 ? " star" : " stars")
                  + " for the PSF: a Moffat profile of FWHM "
                  + round(psf.fwhm())
                  + " pixel is used");
        }
        Fitter fitter = new Fitter(psf);
        for (int round = 0; round < settings.thresholds().size(); round++) {
          findRound(psf, fitter, round);
        }
        PsfFitResult fit = fitter.removeRemnants(fitter.fitAll());
        SourceTable table =
            new SourceMeasurement(backend, settings)
                .measure(frame, background, variance, sky, found, fit, psf);
        return new Extraction(table, psf, background, List.copyOf(remarks));
      } finally {
        sky.close();
        variance.close();
      }
    }

    private void estimateBackground(Plane image) {
      BackgroundParameters parameters = backgroundSettings.parameters(MaskBit.bad());
      background = backend.background().estimate(image, mask, parameters);
      backend.background().subtract(frame.image(), background, sky);
      if (relativeVariance == null) {
        backend.background().renderVariance(background, variance);
      } else {
        spreadVariance();
      }
    }

    /** The typical block's variance everywhere, times the relative one. */
    private void spreadVariance() {
      double typical = Statistics.median(background.variance());
      backend.arithmetic().copy(relativeVariance, variance);
      backend.arithmetic().scale(variance, typical);
    }

    private Psf buildPsf() {
      List<Template> bank =
          List.of(
              gaussian("delta", 0.1),
              gaussian("sharp", 0.9),
              gaussian("medium", 1.4),
              gaussian("broad", 2.4));
      Peaks peaks = detect(bank, sky, 20);
      List<Integer> stars = new ArrayList<>();
      for (int i = 0; i < peaks.count(); i++) {
        if (peaks.bestTemplate()[i] > 0) {
          stars.add(i);
        }
      }
      double[] x = new double[stars.size()];
      double[] y = new double[stars.size()];
      double[] flux = new double[stars.size()];
      double[] signalToNoise = new double[stars.size()];
      for (int k = 0; k < x.length; k++) {
        int i = stars.get(k);
        x[k] = peaks.subX()[i];
        y[k] = peaks.subY()[i];
        flux[k] = peaks.flux()[i];
        signalToNoise[k] = peaks.signalToNoise()[peaks.bestTemplate()[i]][i];
      }
      PsfStars chosen =
          new PsfStarSelector(backend, psfSettings)
              .select(sky, variance, mask, new PsfCandidates(x, y, flux, signalToNoise), 0, 0);
      return new PsfBuilder(psfSettings).build(List.of(chosen), width, height, gain);
    }

    private void findRound(Psf psf, Fitter fitter, int round) {
      if (round == settings.thresholds().size() - 1 && round > 0) {
        reestimateBackground(fitter);
      }
      try (Plane residual = copy(sky);
          Plane noise = copy(variance)) {
        fitter.remove(residual, noise);
        int radius = Math.min(psf.model().radius(), (int) Math.ceil(1.5 * psf.fwhm()) + 1);
        List<Template> bank = List.of(gaussian("delta", 0.1), psf.template(radius));
        Peaks peaks = detect(bank, residual, noise, settings.thresholds().get(round));
        int before = found.count();
        found.add(peaks, round + 1, 0.6 * psf.fwhm());
        if (peaks.truncated()) {
          remarks.add(
              "more than "
                  + settings.maximumSources()
                  + " peaks: only the most significant are kept");
        }
        fitter.fitNew(residual, noise, before);
      }
    }

    /** Level and variance without the sources found so far. */
    private void reestimateBackground(Fitter fitter) {
      try (Plane image = copy(frame.image())) {
        fitter.removeFrom(image);
        estimateBackground(image);
      }
    }

    private Peaks detect(List<Template> bank, Plane image, double threshold) {
      return detect(bank, image, variance, threshold);
    }

    private Peaks detect(List<Template> bank, Plane image, Plane noise, double threshold) {
      MatchedFilterParameters parameters =
          new MatchedFilterParameters(
              bank, threshold, MaskBit.bad(), settings.border(), settings.maximumSources());
      return backend.matchedFilter().detect(image, noise, mask, parameters);
    }

    private Plane copy(Plane plane) {
      Plane copy = backend.allocate(width, height);
      backend.arithmetic().copy(plane, copy);
      return copy;
    }

    /** PSF fits of what has been found. */
    private final class Fitter {
      private final PsfModel model;
      private final double fwhm;
      private final int radius;

      Fitter(Psf psf) {
        this.model = psf.model();
        this.fwhm = psf.fwhm();
        int wanted =
            settings.fitRadius() > 0 ? settings.fitRadius() : (int) Math.ceil(2.2 * psf.fwhm());
        this.radius = Math.min(model.radius(), Math.max(3, wanted));
      }

      private PsfFitParameters parameters(double group) {
        return new PsfFitParameters(
            radius,
            true,
            false,
            group,
            settings.maximumGroup(),
            15,
            0.5,
            Math.max(1, 0.7 * fwhm),
            2e-3,
            gain,
            MaskBit.bad());
      }

      /**
       * Takes the sources off, and lets the variance grow by their noise and by what the PSF may be
       * wrong.
       */
      void remove(Plane residual, Plane noise) {
        try (Plane drawn = backend.allocate(width, height)) {
          backend.psfFit().addStars(drawn, model, found.stars(), 1, model.radius());
          backend.arithmetic().subtractLight(residual, noise, drawn, gain, PSF_ERROR);
        }
      }

      void removeFrom(Plane image) {
        backend.psfFit().addStars(image, model, found.stars(), -1, model.radius());
      }

      void fitNew(Plane residual, Plane noise, int from) {
        Stars fresh = found.stars(from);
        if (fresh.count() > 0) {
          found.update(
              backend
                  .psfFit()
                  .fit(
                      residual,
                      noise,
                      mask,
                      model,
                      fresh,
                      parameters(settings.groupRadius() * fwhm)),
              from);
        }
      }

      PsfFitResult fitAll() {
        PsfFitResult fit =
            backend
                .psfFit()
                .fit(
                    sky,
                    variance,
                    mask,
                    model,
                    found.stars(),
                    parameters(settings.groupRadius() * fwhm));
        found.update(fit, 0);
        return fit;
      }

      PsfFitResult removeRemnants(PsfFitResult fit) {
        return new RemnantRemover(
                backend, mask, model, fwhm, parameters(settings.groupRadius() * fwhm))
            .clean(found, fit, sky, variance);
      }
    }
  }

  private static String round(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value);
  }

  /** A pixel-sampled Gaussian of unit sum. */
  static Template gaussian(String name, double sigma) {
    int radius = (int) Math.ceil(2.5 * sigma);
    int size = 2 * radius + 1;
    float[] values = new float[size * size];
    double sum = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int j = -radius; j <= radius; j++) {
        for (int i = -radius; i <= radius; i++) {
          double v = Math.exp(-0.5 * (i * i + j * j) / (sigma * sigma));
          sum += pass == 0 ? v : 0;
          values[(j + radius) * size + i + radius] = (float) (v / (pass == 0 ? 1 : sum));
        }
      }
    }
    return new Template(name, size, values);
  }
}
