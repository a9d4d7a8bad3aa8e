package io.github.starlane.core.source;

import io.github.starlane.core.Workers;
import io.github.starlane.core.background.BackgroundSettings;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfBuilder;
import io.github.starlane.core.psf.PsfCandidates;
import io.github.starlane.core.psf.PsfFlag;
import io.github.starlane.core.psf.PsfSettings;
import io.github.starlane.core.psf.PsfStarSelector;
import io.github.starlane.core.psf.PsfStars;
import io.github.starlane.core.streak.StreakSettings;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.background.BackgroundGrid;
import io.github.starlane.kernels.matchedfilter.MatchedFilterParameters;
import io.github.starlane.kernels.matchedfilter.Peaks;
import io.github.starlane.kernels.matchedfilter.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

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
  private final StreakSettings streakSettings;
  private final SourceSettings settings;

  /** An extractor. */
  public SourceExtractor(
      Backend backend,
      BackgroundSettings backgroundSettings,
      PsfSettings psfSettings,
      StreakSettings streakSettings,
      SourceSettings settings) {
    this.backend = backend;
    this.backgroundSettings = backgroundSettings;
    this.psfSettings = psfSettings;
    this.streakSettings = streakSettings;
    this.settings = settings;
  }

  /**
   * What has to be known of an image, or of a crop of it, before the PSF can be built.
   *
   * @param background with its sources
   * @param stars for the PSF
   */
  public record Preparation(BackgroundGrid background, PsfStars stars) {}

  /** Extracts all sources of an image, with a PSF made of its own stars. */
  public Extraction extract(SourceImage image) {
    List<String> remarks = new ArrayList<>();
    Preparation preparation = prepare(image, 0, 0);
    Psf psf =
        buildPsf(List.of(preparation), image.width(), image.height(), image.gain(), remarks::add);
    Extraction extraction = extract(image, preparation, psf, null);
    remarks.addAll(extraction.remarks());
    return extraction.with(remarks);
  }

  /**
   * Estimates the background and chooses stars for the PSF.
   *
   * @param originX column of the image's first pixel in the camera
   * @param originY row of the image's first pixel in the camera
   */
  public Preparation prepare(SourceImage image, int originX, int originY) {
    try (SkyModel sky = new SkyModel(backend, backgroundSettings, image)) {
      sky.estimate();
      PsfStars stars =
          new PsfStarSelector(backend, psfSettings)
              .select(
                  sky.sky(),
                  sky.variance(),
                  image.frame().mask(),
                  candidates(image, sky),
                  originX,
                  originY);
      return new Preparation(sky.background(), stars);
    }
  }

  /** Builds one PSF for all crops of an image in the thread that calls. */
  public Psf buildPsf(
      List<Preparation> parts, int width, int height, double gain, Consumer<String> remark) {
    return buildPsf(parts, width, height, gain, null, remark);
  }

  /**
   * Builds one PSF for all crops of an image.
   *
   * @param parts of its crops, always in the same order
   * @param width of the image
   * @param height of the image
   * @param gain electrons per image unit
   * @param workers that share the work, and of which none may be the caller; null for the caller
   * @param remark receives a sentence if the PSF is not what one would wish
   */
  public Psf buildPsf(
      List<Preparation> parts,
      int width,
      int height,
      double gain,
      Workers workers,
      Consumer<String> remark) {
    List<PsfStars> stars = parts.stream().map(Preparation::stars).toList();
    Psf psf = new PsfBuilder(psfSettings, workers).build(stars, width, height, gain);
    if (psf.shape().flags().contains(PsfFlag.ASSUMED)) {
      int count = stars.stream().mapToInt(PsfStars::count).sum();
      remark.accept(
          String.format(
              Locale.ROOT,
              "only %d %s for the PSF: a Moffat profile of FWHM %.2f pixels is used",
              count,
              count == 1 ? "star" : "stars",
              psf.fwhm()));
    }
    return psf;
  }

  /**
   * Extracts all sources of an image.
   *
   * @param preparation of the same image
   * @param psf as seen from the image
   * @param onResidual receives what the sources leave over, without background; or null
   */
  public Extraction extract(
      SourceImage image, Preparation preparation, Psf psf, Consumer<Plane> onResidual) {
    List<String> remarks = new ArrayList<>();
    try (SkyModel sky = new SkyModel(backend, backgroundSettings, image)) {
      sky.use(preparation.background());
      StarFitter fitter = new StarFitter(backend, settings, image, sky, psf);
      BroadenedPsf broadened = new BroadenedPsf(psf);
      int hits =
          new CosmicRayFinder(backend, settings.cosmicRays())
              .mark(image, sky, fitter, psf, remarks);
      SourceFinder.Found found =
          new SourceFinder(backend, settings, streakSettings, image, sky, psf, broadened, remarks)
              .find();
      try (Residual residual = new Residual(backend, settings, image, sky, found.fit(), psf)) {
        ExtendedSources.Result extended =
            new ExtendedSources(backend, settings, image, sky, psf, broadened)
                .separate(found, residual, remarks);
        SourceMeasurement measurement = new SourceMeasurement(backend, settings);
        SourceTable table =
            measurement.measure(image, sky, extended.sources(), residual, psf, broadened);
        new ExtendedMeasurement(backend, image).add(table, extended, residual);
        SkyNoise noise =
            new SkySources(backend, settings)
                .measure(image, table, residual, psf, measurement.apertures(psf));
        if (onResidual != null) {
          onResidual.accept(residual.image());
        }
        return new Extraction(
            table, found.lines(), psf, sky.background(), hits, noise, List.copyOf(remarks));
      }
    }
  }

  private PsfCandidates candidates(SourceImage image, SkyModel sky) {
    List<Template> bank =
        List.of(
            PixelGaussian.template("medium", 1.4),
            PixelGaussian.template("delta", 0.1),
            PixelGaussian.template("sharp", 0.9),
            PixelGaussian.template("broad", 2.4));
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(
            bank, 1, BRIGHT, MaskBit.bad(), settings.border(), settings.maximumSources());
    Peaks peaks =
        backend.matchedFilter().detect(sky.sky(), sky.variance(), image.frame().mask(), parameters);
    int[] stars =
        IntStream.range(0, peaks.count()).filter(i -> peaks.bestTemplate()[i] != 1).toArray();
    double[] x = new double[stars.length];
    double[] y = new double[stars.length];
    double[] flux = new double[stars.length];
    double[] signalToNoise = new double[stars.length];
    for (int k = 0; k < stars.length; k++) {
      int i = stars[k];
      x[k] = peaks.subX()[i];
      y[k] = peaks.subY()[i];
      flux[k] = peaks.flux()[i];
      signalToNoise[k] = peaks.signalToNoise()[peaks.bestTemplate()[i]][i];
    }
    return new PsfCandidates(x, y, flux, signalToNoise);
  }
}
