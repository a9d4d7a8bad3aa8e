package io.github.starlane.core.pipeline;

import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Statistics;
import io.github.starlane.core.Workers;
import io.github.starlane.core.astrometry.wcs.WcsReader;
import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.calibration.CalibrationSet;
import io.github.starlane.core.calibration.FrameCalibrator;
import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.CropGrid;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.ExposureReader;
import io.github.starlane.core.instrument.InstrumentProfiles;
import io.github.starlane.core.product.CatalogWriter;
import io.github.starlane.core.product.ImageCards;
import io.github.starlane.core.product.Provenance;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.source.Extraction;
import io.github.starlane.core.source.ImageStatistics;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceExtractor;
import io.github.starlane.core.source.SourceImage;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Finds and measures the sources of one calibrated image, crop by crop with one PSF for all: read
 * {@link #detect} from top to bottom.
 */
final class ImageDetection {
  /** Pixels that are looked at to learn the level and the noise of an image. */
  private static final int SAMPLES = 200_000;

  /** A sky that explains less than this share of the noise has been subtracted. */
  private static final double SKY_SHARE = 0.7;

  private final DetectionRequest request;
  private final DetectionTarget target;
  private final PipelineConfig config;
  private final Backend backend;
  private final Workers workers;
  private final SourceExtractor extractor;
  private final Timeline timeline;
  private final RunLog log;

  /** A detection on one image, with what it shares with others; the caller closes these. */
  ImageDetection(
      DetectionRequest request,
      DetectionTarget target,
      PipelineConfig config,
      Backend backend,
      Workers workers,
      SourceExtractor extractor,
      Timeline timeline,
      RunLog log) {
    this.request = request;
    this.target = target;
    this.config = config;
    this.backend = backend;
    this.workers = workers;
    this.extractor = extractor;
    this.timeline = timeline;
    this.log = log;
  }

  /**
   * Detects the sources of the image and writes the catalogue.
   *
   * @throws StarlaneException if the image cannot be read or the catalogue not be written
   */
  DetectionOutcome.Image detect() {
    Exposure exposure = describe();
    CropGrid grid = CropGrid.of(exposure.light().width(), exposure.light().height(), config.crop());
    try (RawFrame raw = RawFrame.open(exposure)) {
      FrameCalibrator calibrator = new FrameCalibrator(backend, asItIs(readNoise(raw)));
      List<SourceExtractor.Preparation> parts =
          forEach("PSF stars", grid, c -> prepare(raw, calibrator, c));
      Psf psf = buildPsf(parts, grid);
      float[] residual = target.residual() == null ? null : new float[grid.width() * grid.height()];
      List<Extraction> extractions =
          forEach(
              "sources",
              grid,
              c -> {
                Consumer<Plane> keep =
                    residual == null ? null : plane -> keep(plane, c, residual, grid.width());
                return extract(raw, calibrator, c, parts.get(c.id() - 1), psf, keep);
              });
      extractions.forEach(e -> e.remarks().forEach(this::warn));
      SourceTable table = join(grid, extractions);
      write(exposure, table, extractions, psf, grid, residual);
      return new DetectionOutcome.Image(
          target.image(), target.catalog(), table.count(), psf.fwhm(), psf.stars());
    }
  }

  /** Of many images a remark must say of which it is. */
  private void warn(String remark) {
    boolean alone = request.images().size() == 1;
    log.warn(alone ? remark : target.image().getFileName() + ": " + remark, null);
  }

  // --- the image

  private Exposure describe() {
    InstrumentProfiles profiles =
        request.instrument() == null
            ? InstrumentProfiles.with(InstrumentProfiles.userFolder())
            : InstrumentProfiles.only(request.instrument());
    Exposure exposure = new ExposureReader(profiles).read(target.image());
    String unit = exposure.header().string("BUNIT").orElse("").toLowerCase(Locale.ROOT).strip();
    boolean isElectrons = unit.startsWith("electron") || unit.equals("e-");
    double gain =
        Double.isFinite(request.gain()) ? request.gain() : isElectrons ? 1 : exposure.gain();
    if (!Double.isFinite(gain)) {
      log.warn(
          target.image() + " does not say its gain: 1 electron per unit is assumed",
          "give it with --gain");
      gain = 1;
    }
    double saturation =
        Double.isFinite(request.saturation()) ? request.saturation() : exposure.saturation();
    return exposure.withDetector(
        gain, Double.isFinite(saturation) ? saturation : Double.POSITIVE_INFINITY);
  }

  /**
   * Read noise [electron]: as told; where the sky has been subtracted, all of the noise, for the
   * level no longer tells it.
   */
  private double readNoise(RawFrame raw) {
    Exposure e = raw.exposure();
    double told = Double.isFinite(request.readNoise()) ? request.readNoise() : e.readNoise();
    long pixels = (long) e.light().width() * e.light().height();
    int step = (int) Math.max(1, Math.sqrt(pixels / (double) SAMPLES));
    float[] sample = raw.sample(step);
    double[] good =
        IntStream.range(0, sample.length)
            .mapToDouble(i -> sample[i])
            .filter(Double::isFinite)
            .toArray();
    double level = Statistics.median(Arrays.stream(good)) * e.gain();
    double deviation = e.gain() * Statistics.robustDeviation(good, level / e.gain());
    double rest = deviation * deviation - Math.max(0, level);
    boolean subtracted = level < SKY_SHARE * deviation * deviation;
    if (subtracted && !(told * told > rest)) {
      return Math.sqrt(Math.max(0, rest));
    }
    return Double.isFinite(told) ? told : Math.sqrt(Math.max(0, rest));
  }

  /** No masters: the image is calibrated. */
  private static CalibrationSet asItIs(double readNoise) {
    return new CalibrationSet(null, null, null, readNoise, List.of(), List.of());
  }

  private SourceImage source(CalibratedFrame frame, Exposure exposure) {
    FitsHeader header = exposure.header();
    double epochs = Math.max(header.number("NCOADD", 1), header.number("NCOMBINE", 1));
    boolean coadd = request.coadd() || epochs > 1;
    OptionalDouble effective = header.number("EFFGAIN");
    double gain = effective.isPresent() ? effective.getAsDouble() : 1;
    return new SourceImage(frame, gain, null, !coadd);
  }

  // --- crop by crop

  /** Work on one crop. */
  private interface CropWork<T> {
    T of(Crop crop);
  }

  private <T> List<T> forEach(String name, CropGrid grid, CropWork<T> work) {
    try (Timeline.Step step = timeline.step(name, grid.crops().size())) {
      List<Callable<T>> pieces = new ArrayList<>();
      for (Crop crop : grid.crops()) {
        pieces.add(
            () -> {
              T result = work.of(crop);
              step.advance();
              return result;
            });
      }
      return workers.map(pieces);
    }
  }

  private SourceExtractor.Preparation prepare(RawFrame raw, FrameCalibrator calibrator, Crop crop) {
    Section s = crop.section();
    try (CalibratedFrame frame = calibrator.calibrate(raw, Double.NaN, s)) {
      return extractor.prepare(source(frame, raw.exposure()), s.x(), s.y());
    }
  }

  private Psf buildPsf(List<SourceExtractor.Preparation> parts, CropGrid grid) {
    try (Timeline.Step step = timeline.step("PSF", 1)) {
      Psf psf = extractor.buildPsf(parts, grid.width(), grid.height(), 1, workers, this::warn);
      step.advance();
      return psf;
    }
  }

  private Extraction extract(
      RawFrame raw,
      FrameCalibrator calibrator,
      Crop crop,
      SourceExtractor.Preparation part,
      Psf psf,
      Consumer<Plane> residual) {
    Section s = crop.section();
    try (CalibratedFrame frame = calibrator.calibrate(raw, Double.NaN, s)) {
      return extractor.extract(
          source(frame, raw.exposure()),
          part,
          psf.at(s.x(), s.y(), s.width(), s.height()),
          residual);
    }
  }

  private void keep(Plane plane, Crop crop, float[] residual, int width) {
    float[] pixels = backend.toHost(plane);
    Section s = crop.section();
    Section u = crop.unique();
    for (int y = u.y(); y < u.y() + u.height(); y++) {
      int from = (y - s.y()) * s.width() + u.x() - s.x();
      System.arraycopy(pixels, from, residual, y * width + u.x(), u.width());
    }
  }

  // --- the catalogue

  /** The sources that each crop owns, in the coordinates of the image. */
  private static SourceTable join(CropGrid grid, List<Extraction> extractions) {
    List<SourceTable> parts = new ArrayList<>();
    for (int c = 0; c < extractions.size(); c++) {
      Crop crop = grid.crops().get(c);
      SourceTable table = extractions.get(c).sources();
      double[] x = table.get(SourceColumn.X);
      double[] y = table.get(SourceColumn.Y);
      parts.add(
          table
              .select(
                  IntStream.range(0, table.count()).filter(i -> crop.owns(x[i], y[i])).toArray())
              .movedBy(crop.section().x(), crop.section().y()));
    }
    return SourceTable.concatenated(parts);
  }

  private void write(
      Exposure exposure,
      SourceTable table,
      List<Extraction> extractions,
      Psf psf,
      CropGrid grid,
      float[] residual) {
    try (Timeline.Step step = timeline.step("products", 1)) {
      Optional.of(exposure.header())
          .flatMap(WcsReader::read)
          .map(wcs -> wcs.shifted(exposure.light().x(), exposure.light().y()))
          .ifPresent(wcs -> SkyPositions.add(table, wcs));
      Provenance provenance = new Provenance(Version.VERSION, backend.name(), config.hash());
      FitsCards cards = cards(exposure, table, extractions, psf, grid).putAll(provenance.cards());
      CatalogWriter.write(target.catalog(), table, cards);
      if (residual != null) {
        new FitsWriter()
            .image("RESIDUAL", residual, grid.width(), grid.height(), provenance.cards())
            .write(target.residual());
      }
      step.advance();
    }
  }

  private static FitsCards cards(
      Exposure exposure, SourceTable table, List<Extraction> extractions, Psf psf, CropGrid grid) {
    ImageStatistics statistics =
        ImageStatistics.of(
            table,
            extractions,
            psf,
            grid.width(),
            grid.height(),
            exposure.header().number("EFFGAIN", 1));
    return new FitsCards()
        .put("IMAGE", exposure.name(), "image the sources are of")
        .put("OBJECT", exposure.object(), "field or target")
        .put("FILTER", exposure.filter(), "filter")
        .put("EXPTIME", exposure.exposureTime(), "[s]")
        .put("GAIN", 1.0, "fluxes are in electrons")
        .put("ORIGGAIN", exposure.gain(), "[electron/unit] of the image")
        .put("SATURVAL", exposure.saturation(), "saturation level of the image")
        .putAll(ImageCards.statistics(statistics))
        .putAll(ImageCards.psf(psf, exposure.pixelScale()));
  }
}
