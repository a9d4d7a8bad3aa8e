package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Workers;
import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.calibration.CalibrationSet;
import io.github.starlane.core.calibration.FrameCalibrator;
import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.CropGrid;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.photometry.ZeroPoint;
import io.github.starlane.core.product.Provenance;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.quality.FrameCheck;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.source.SourceExtractor;
import io.github.starlane.core.source.SourceImage;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.core.visit.Coadder;
import io.github.starlane.core.visit.LightCurveBuilder;
import io.github.starlane.core.visit.Registrar;
import io.github.starlane.core.visit.Registration;
import io.github.starlane.core.visit.Visit;
import io.github.starlane.kernels.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
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
    return new VisitResult(visit, grid, java.util.Arrays.asList(faults), epochs, coadds);
  }

  // --- quality of the raw frames

  private void checkFrames() {
    forEach("frames", epochs.length, this::checkFrame);
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
    SourceExtractor.Preparation[][] parts = new SourceExtractor.Preparation[epochs.length][crops];
    Psf[] psfs = new Psf[epochs.length];
    forEach("PSF stars", epochs.length * crops, unit -> prepare(unit / crops, unit % crops, parts));
    forEach("PSF", epochs.length, e -> psfs[e] = buildPsf(e, parts[e]));
    forEach(
        "sources",
        epochs.length * crops,
        unit -> {
          int e = unit / crops;
          int c = unit % crops;
          extractSources(e, c, parts[e][c], psfs[e]);
          parts[e][c] = null;
        });
  }

  /** Background and PSF stars of a crop, which is read and calibrated again later. */
  private void prepare(int e, int c, SourceExtractor.Preparation[][] parts) {
    if (faults[e] != null) {
      return;
    }
    Section s = crop(c).section();
    try (CalibratedFrame frame = calibrator.calibrate(raws[e], overscan[e], s)) {
      parts[e][c] = extractor.prepare(SourceImage.exposure(frame), s.x(), s.y());
    } catch (RuntimeException ex) {
      epochs[e][c].failure = failure(label(e, c), ex);
    }
  }

  /** One PSF for the whole camera, so that crops have no seams. */
  private Psf buildPsf(int e, SourceExtractor.Preparation[] parts) {
    List<SourceExtractor.Preparation> known =
        java.util.Arrays.stream(parts).filter(java.util.Objects::nonNull).toList();
    return known.isEmpty()
        ? null
        : extractor.buildPsf(
            known,
            grid.width(),
            grid.height(),
            1,
            null,
            remark -> context.log().warn(visit.exposures().get(e).name() + ": " + remark, null));
  }

  private void extractSources(int e, int c, SourceExtractor.Preparation part, Psf psf) {
    if (part == null || psf == null) {
      return;
    }
    CropEpoch result = epochs[e][c];
    Section s = crop(c).section();
    try (CalibratedFrame frame = calibrator.calibrate(raws[e], overscan[e], s)) {
      result.extraction =
          extractor.extract(
              SourceImage.exposure(frame), part, psf.at(s.x(), s.y(), s.width(), s.height()), null);
      result.extraction.remarks().forEach(r -> context.log().warn(label(e, c) + ": " + r, null));
    } catch (RuntimeException ex) {
      result.failure = failure(label(e, c), ex);
    }
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
      failure(visit.name() + " astrometry", ex);
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
    forEach(
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
    forEach("coadds", coadds.length, c -> coaddCrop(coadder, c));
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
      coadds[c].failure = failure(label(c) + " coadd", ex);
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
    forEach(
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
      coadds[c].failure = failure(label(c) + " coadd", ex);
    }
  }

  // --- magnitudes

  private void calibratePhotometry() {
    if (catalog == null) {
      return;
    }
    forEach(
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
    forEach(
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

  /** Does all units of a step in parallel. */
  private void forEach(String name, int units, IntConsumer work) {
    try (Timeline.Step step = context.timeline().step(name, units)) {
      List<Callable<Void>> pieces = new ArrayList<>();
      for (int unit = 0; unit < units; unit++) {
        int u = unit;
        pieces.add(
            () -> {
              guarded(name, u, work);
              step.advance();
              return null;
            });
      }
      context.workers().map(pieces);
    }
  }

  /**
   * A unit that fails costs no other; a full disk ends the run, as it would take no other product
   * either.
   */
  private void guarded(String name, int unit, IntConsumer work) {
    try {
      work.accept(unit);
    } catch (StarlaneException ex) {
      if (ex.exitCode() == ExitCode.RESOURCE) {
        throw ex;
      }
      context.log().fail(ex);
    } catch (RuntimeException ex) {
      failure(visit.name() + " " + name + " " + (unit + 1), ex);
    }
  }

  private String failure(String where, RuntimeException ex) {
    if (ex instanceof StarlaneException known) {
      context.log().fail(known);
      return known.why();
    }
    context
        .log()
        .fail(
            ExitCode.SOME_UNITS_FAILED,
            where + " failed: " + ex,
            "please report this; -vv shows where it happened");
    org.slf4j.LoggerFactory.getLogger(VisitReduction.class).debug(where, ex);
    return ex.toString();
  }

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
