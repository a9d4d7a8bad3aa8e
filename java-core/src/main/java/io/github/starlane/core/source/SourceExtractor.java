package io.github.starlane.core.source;

import io.github.starlane.core.background.BackgroundSettings;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfBuilder;
import io.github.starlane.core.psf.PsfSettings;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.matchedfilter.MatchedFilterParameters;
import io.github.starlane.kernels.matchedfilter.Peaks;
import io.github.starlane.kernels.matchedfilter.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From an image to a table of its sources: background, PSF, cosmic rays, sources in rounds,
 * measurements. Read {@link #extract} from top to bottom.
 */
public final class SourceExtractor {
  /** S/N from which on peaks may be stars to build the PSF from. */
  private static final double BRIGHT = 20;

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

  /** Extracts all sources of an image, with a PSF made of its own stars. */
  public Extraction extract(SourceImage image) {
    List<String> remarks = new ArrayList<>();
    try (SkyModel sky = new SkyModel(backend, backgroundSettings, image)) {
      sky.estimate();
      Psf psf = buildPsf(image, sky);
      remarkOnPsf(psf, remarks);
      return extract(image, sky, psf, remarks);
    }
  }

  private Extraction extract(SourceImage image, SkyModel sky, Psf psf, List<String> remarks) {
    StarFitter fitter = new StarFitter(backend, settings, image, psf);
    BroadenedPsf broadened = new BroadenedPsf(psf);
    int hits =
        new CosmicRayFinder(backend, settings.cosmicRays()).mark(image, sky, fitter, psf, remarks);
    SourceFinder.Found found =
        new SourceFinder(backend, settings, image, sky, psf, broadened, remarks).find();
    try (Residual residual = new Residual(backend, settings, image, sky, found.fit(), psf)) {
      SourceMeasurement measurement = new SourceMeasurement(backend, settings);
      SourceTable table = measurement.measure(image, sky, found, residual, psf, broadened);
      SkyNoise noise =
          new SkySources(backend, settings)
              .measure(image, table, residual, psf, measurement.apertures(psf));
      return new Extraction(table, psf, sky.background(), hits, noise, List.copyOf(remarks));
    }
  }

  private void remarkOnPsf(Psf psf, List<String> remarks) {
    if (psf.stars() < psfSettings.minimumStars()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "only %d %s for the PSF: a Moffat profile of FWHM %.2f pixels is used",
              psf.stars(),
              psf.stars() == 1 ? "star" : "stars",
              psf.fwhm()));
    }
  }

  private Psf buildPsf(SourceImage image, SkyModel sky) {
    List<Template> bank =
        List.of(
            PixelGaussian.template("delta", 0.1),
            PixelGaussian.template("sharp", 0.9),
            PixelGaussian.template("medium", 1.4),
            PixelGaussian.template("broad", 2.4));
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(
            bank, BRIGHT, MaskBit.bad(), settings.border(), settings.maximumSources());
    Peaks peaks =
        backend.matchedFilter().detect(sky.sky(), sky.variance(), image.frame().mask(), parameters);
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
    return new PsfBuilder(backend, psfSettings)
        .build(
            sky.sky(),
            sky.variance(),
            image.frame().mask(),
            new PsfBuilder.Candidates(x, y, flux, signalToNoise),
            image.gain());
  }
}
