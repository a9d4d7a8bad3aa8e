package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Workers;
import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.calibration.CalibrationSet;
import io.github.starlane.core.calibration.FrameCalibrator;
import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.CropGrid;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.photometry.ZeroPoint;
import io.github.starlane.core.product.Provenance;
import io.github.starlane.core.quality.FrameCheck;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.source.SourceExtractor;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.core.visit.Coadder;
import io.github.starlane.core.visit.LightCurveBuilder;
import io.github.starlane.core.visit.Registrar;
import io.github.starlane.core.visit.Registration;
import io.github.starlane.core.visit.Visit;
import io.github.starlane.kernels.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * One visit, from raw frames to products: read {@link #run} from top to bottom. A frame, crop or
 * epoch that fails is noted and left out; the rest goes on.
 */
final class VisitReduction {
  /**
   * What all visits of a run share.
   *
   * @param request what the user asked
   * @param config settings
   * @param backend kernels
   * @param workers threads
   * @param timeline of the steps
   * @param log of what happens
   * @param provenance for the products
   */
  record Context(
      ReductionRequest request,
      PipelineConfig config,
      Backend backend,
      Workers workers,
      Timeline timeline,
      RunLog log,
      Provenance provenance) {}

  private final Visit visit;
  private final Context context;
  private final CalibrationSet masters;
  private final ReferenceCatalog catalog;
  private final FrameCalibrator calibrator;
  private final SourceExtractor extractor;
  private final CropGrid grid;
  private final RawFrame[] raws;
  private final double[] overscan;
  private final String[] faults;
  private final CropEpoch[][] epochs;
  private final CropCoadd[] coadds;
  private final UnitRunner units;
  private List<ReportData.ResidualPicture> pictures = List.of();

  /**
   * A reduction.
   *
   * @param catalog reference stars at the time of the visit, or null
   */
  VisitReduction(Visit visit, CalibrationSet masters, ReferenceCatalog catalog, Context context) {
    this.catalog = catalog;
    this.visit = visit;
    this.context = context;
    this.masters = masters;
    PipelineConfig config = context.config();
    this.calibrator = new FrameCalibrator(context.backend(), masters);
    this.extractor =
        new SourceExtractor(
            context.backend(), config.background(), config.psf(), config.streak(), config.source());
    this.grid = CropGrid.of(visit.first(), config.crop());
    int n = visit.exposures().size();
    this.raws = new RawFrame[n];
    this.overscan = new double[n];
    this.faults = new String[n];
    this.epochs = new CropEpoch[n][grid.crops().size()];
    this.coadds = new CropCoadd[grid.crops().size()];
    this.units = new UnitRunner(visit.name(), context);
  }

  VisitResult run() {
    IntStream.range(0, epochs.length)
        .forEach(
            e -> IntStream.range(0, coadds.length).forEach(c -> epochs[e][c] = new CropEpoch()));
    IntStream.range(0, coadds.length).forEach(c -> coadds[c] = new CropCoadd());
    try {
      checkFrames();
      extractSources();
      solveAstrometry();
      matchEpochs();
      coaddCrops();
      measureCoadds();
      calibratePhotometry();
      writeProducts();
      writeStreaks();
      noteStates();
    } finally {
      closeFrames();
    }
    return new VisitResult(visit, grid, java.util.Arrays.asList(faults), epochs, coadds, pictures);
  }

  // --- quality of the raw frames

  private void checkFrames() {
    units.forEach("frames", epochs.length, this::checkFrame);
  }

  private void checkFrame(int e) {
    Exposure exposure = visit.exposures().get(e);
    try {
      requireSameLayout(exposure);
      raws[e] = RawFrame.open(exposure);
      overscan[e] = raws[e].overscanLevel();
      faults[e] = FrameCheck.fault(raws[e]).orElse(null);
    } catch (StarlaneException ex) {
      faults[e] = ex.why();
      context.log().fail(ex);
      return;
    } finally {
      ReportData.State state =
          faults[e] == null ? ReportData.State.DONE : ReportData.State.QUARANTINED;
      context.log().frame(exposure.file(), "science", visit.name(), state, faults[e]);
    }
    if (faults[e] != null) {
      context
          .log()
          .fail(
              ExitCode.QUALITY_GATE,
              exposure.file() + " is left out: " + faults[e],
              "look at the frame");
    }
  }

  private void requireSameLayout(Exposure exposure) {
    if (!exposure.light().equals(visit.first().light())) {
      throw new StarlaneException(
          ExitCode.UNREADABLE_INPUT,
          "cannot use the frame",
          exposure.file().toString(),
          "its light section differs from that of the visit's first frame",
          "reduce it on its own");
    }
  }

  // --- background, PSF, sources of every crop of every epoch

  private void extractSources() {
    int crops = coadds.length;
    EpochExtraction extraction =
        new EpochExtraction(visit, grid, context, calibrator, extractor, units);
    for (int e = 0; e < epochs.length; e++) {
      if (faults[e] == null) {
        extraction.use(e, raws[e], overscan[e], epochs[e]);
      }
    }
    int all = epochs.length * crops;
    units.forEach("PSF stars", all, unit -> extraction.prepare(unit / crops, unit % crops));
    units.forEach("PSF", epochs.length, extraction::buildPsf);
    units.forEach("sources", all, unit -> extraction.extract(unit / crops, unit % crops));
    pictures = extraction.pictures();
  }

  // --- world coordinates

  private void solveAstrometry() {
    if (catalog == null) {
      return;
    }
    try (Timeline.Step step = context.timeline().step("astrometry", epochs.length)) {
      new VisitAstrometry(
              visit,
              grid,
              context.config().astrometry(),
              context.config().visit(),
              context.workers())
          .solve(epochs, catalog, step::advance);
    } catch (RuntimeException ex) {
      units.failure(visit.name() + " astrometry", ex);
    }
    int unsolved = 0;
    for (CropEpoch[] crops : epochs) {
      for (CropEpoch crop : crops) {
        unsolved += crop.isGood() && crop.astrometry == null ? 1 : 0;
      }
    }
    if (unsolved > 0) {
      context
          .log()
          .fail(
              ExitCode.QUALITY_GATE,
              visit.name()
                  + ": no world coordinates for "
                  + unsolved
                  + " of "
                  + epochs.length * coadds.length
                  + " crops",
              "their catalogues keep pixel coordinates; check the pointing in the headers, the pixel scale and the reference catalogue");
    }
  }

  // --- epochs together: registration, light curves, relative zero points

  private void matchEpochs() {
    Registrar registrar = new Registrar(context.config().visit());
    LightCurveBuilder builder = new LightCurveBuilder(context.config().visit());
    units.forEach(
        "light curves",
        coadds.length,
        c -> {
          List<SourceTable> tables = tables(c);
          Registration registration = registrar.register(tables);
          coadds[c].registration = registration;
          if (registration.reference() >= 0) {
            coadds[c].lightCurves = builder.build(tables, registration);
          }
          for (int e = 0; e < epochs.length; e++) {
            if (tables.get(e) != null && !registration.has(e)) {
              context
                  .log()
                  .warn(
                      label(e, c) + " cannot be registered on the other epochs",
                      "it is left out of the coadd and the light curves");
            }
          }
        });
  }

  private List<SourceTable> tables(int c) {
    List<SourceTable> tables = new ArrayList<>();
    for (CropEpoch[] crops : epochs) {
      tables.add(crops[c].isGood() ? crops[c].extraction.sources() : null);
    }
    return tables;
  }

  // --- coadds and what is on them

  private void coaddCrops() {
    CropCoadder coadder = new CropCoadder(context, calibrator, extractor);
    units.forEach("coadds", coadds.length, c -> coaddCrop(coadder, c));
  }

  private void coaddCrop(CropCoadder coadder, int c) {
    List<Coadder.Epoch> parts = coadder.parts(frames(c), coadds[c]);
    if (parts.size() < context.config().visit().minimumEpochs()) {
      coadds[c].failure = "only " + parts.size() + " epochs can be coadded";
      context.log().warn(label(c) + ": " + coadds[c].failure, "no coadd is made");
      return;
    }
    try {
      coadder.coadd(crop(c), parts, coadds[c]);
    } catch (RuntimeException ex) {
      coadds[c].failure = units.failure(label(c) + " coadd", ex);
    }
  }

  private List<CropCoadder.Frame> frames(int c) {
    List<CropCoadder.Frame> frames = new ArrayList<>();
    for (int e = 0; e < epochs.length; e++) {
      frames.add(new CropCoadder.Frame(label(e, c), raws[e], overscan[e], crop(c), epochs[e][c]));
    }
    return frames;
  }

  private void measureCoadds() {
    CropCoadder coadder = new CropCoadder(context, calibrator, extractor);
    units.forEach(
        "coadd sources",
        coadds.length,
        c -> {
          if (coadds[c].coadd != null) {
            measureCoadd(coadder, c);
          }
        });
  }

  private void measureCoadd(CropCoadder coadder, int c) {
    try {
      coadder.measure(coadds[c]);
      CropEpoch reference = epochs[coadds[c].registration.reference()][c];
      if (catalog != null && reference.astrometry != null) {
        coadds[c].astrometry =
            VisitAstrometry.solveCoadd(
                coadds[c].extraction.sources(),
                crop(c),
                reference.astrometry.wcs(),
                catalog,
                context.config().astrometry());
      }
    } catch (RuntimeException ex) {
      coadds[c].failure = units.failure(label(c) + " coadd", ex);
    }
  }

  // --- magnitudes

  private void calibratePhotometry() {
    if (catalog == null) {
      return;
    }
    units.forEach(
        "photometry",
        coadds.length,
        c -> {
          CropCoadd result = coadds[c];
          if (result.astrometry != null) {
            result.zeroPoint =
                ZeroPoint.fit(
                    result.extraction.sources(),
                    result.astrometry.source(),
                    catalog,
                    result.astrometry.reference());
          }
          for (int e = 0; e < epochs.length; e++) {
            epochs[e][c].zeroPoint = epochZeroPoint(e, c);
          }
        });
  }

  /** The coadd's zero point and the epoch's relative one; without a coadd the epoch's own stars. */
  private double epochZeroPoint(int e, int c) {
    CropEpoch epoch = epochs[e][c];
    CropCoadd coadd = coadds[c];
    if (coadd.zeroPoint != null
        && coadd.registration.has(e)
        && Double.isFinite(coadd.lightCurves.zeroPoint()[e])) {
      return coadd.zeroPoint.value() + coadd.lightCurves.zeroPoint()[e];
    }
    if (epoch.astrometry == null) {
      return Double.NaN;
    }
    ZeroPoint own =
        ZeroPoint.fit(
            epoch.extraction.sources(),
            epoch.astrometry.source(),
            catalog,
            epoch.astrometry.reference());
    return own == null ? Double.NaN : own.value();
  }

  // --- products

  private void writeProducts() {
    VisitProducts products = new VisitProducts(visit, masters, context);
    ObjIntConsumer<CropEpoch[]> writeEpoch =
        (crops, e) ->
            IntStream.range(0, crops.length)
                .forEach(c -> products.writeEpoch(e, crop(c), crops[c]));
    units.forEach(
        "products",
        epochs.length + coadds.length,
        unit -> {
          if (unit < epochs.length) {
            writeEpoch.accept(epochs[unit], unit);
          } else {
            int c = unit - epochs.length;
            products.writeCoadd(crop(c), coadds[c]);
          }
        });
  }

  private void writeStreaks() {
    int streaks = new VisitProducts(visit, masters, context).writeStreaks(epochs, grid.crops());
    if (streaks > 0) {
      context.log().info(visit.name() + ": " + streaks + (streaks == 1 ? " streak" : " streaks"));
    }
  }

  /** The state each frame has come to, now that all is done. */
  private void noteStates() {
    for (int e = 0; e < epochs.length; e++) {
      long good = java.util.Arrays.stream(epochs[e]).filter(CropEpoch::isGood).count();
      if (faults[e] == null && good < coadds.length) {
        String reason =
            coadds.length - good + " of " + coadds.length + " crops could not be reduced";
        ReportData.State state =
            good == 0 ? ReportData.State.QUARANTINED : ReportData.State.DEGRADED;
        context
            .log()
            .frame(visit.exposures().get(e).file(), "science", visit.name(), state, reason);
      }
    }
  }

  // --- helpers

  private Crop crop(int c) {
    return grid.crops().get(c);
  }

  private String label(int c) {
    return visit.name() + " crop " + crop(c).id();
  }

  private String label(int e, int c) {
    return visit.exposures().get(e).name() + " crop " + crop(c).id();
  }

  private void closeFrames() {
    for (RawFrame raw : raws) {
      if (raw != null) {
        raw.close();
      }
    }
  }
}
