package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Workers;
import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.calibration.CalibrationLibrary;
import io.github.starlane.core.calibration.CalibrationSet;
import io.github.starlane.core.calibration.MasterBuilder;
import io.github.starlane.core.calibration.MasterFrame;
import io.github.starlane.core.calibration.MasterReader;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.ExposureReader;
import io.github.starlane.core.frame.NoImageException;
import io.github.starlane.core.instrument.FrameType;
import io.github.starlane.core.instrument.InstrumentProfiles;
import io.github.starlane.core.product.MasterWriter;
import io.github.starlane.core.product.ProductNames;
import io.github.starlane.core.product.Provenance;
import io.github.starlane.core.report.MetricsFile;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.report.ReportWriter;
import io.github.starlane.core.visit.Visit;
import io.github.starlane.core.visit.VisitPlanner;
import io.github.starlane.kernels.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The whole reduction, step by step: read {@link #reduce} from top to bottom. What happens to one
 * visit stands in {@link VisitReduction}.
 */
public final class VisitPipeline implements AutoCloseable {
  private final ReductionRequest request;
  private final PipelineConfig config;
  private final Backend backend;
  private final Workers workers;
  private final Timeline timeline;
  private final RunLog log;
  private final Provenance provenance;
  private final ReportAssembler report;
  private final MasterBuilder masterBuilder;
  private double inputSize;

  private VisitPipeline(ReductionRequest request, Progress progress) {
    this.request = request;
    this.config = PipelineConfig.load(request.config(), request.settings());
    this.timeline = new Timeline(progress);
    this.log = new RunLog(progress);
    this.backend = BackendChoice.open(request.backend(), log);
    this.workers = new Workers(request.threads());
    this.provenance = new Provenance(Version.VERSION, backend.name(), config.hash());
    this.report = new ReportAssembler(request, config, backend, workers.threads());
    this.masterBuilder = new MasterBuilder(backend, workers, config.calibration());
  }

  /**
   * Reduces the frames of a request.
   *
   * @throws StarlaneException if nothing can be reduced at all; what befalls single frames or
   *     visits is in the outcome
   */
  public static ReductionOutcome run(ReductionRequest request, Progress progress) {
    try (VisitPipeline pipeline = new VisitPipeline(request, progress)) {
      return pipeline.reduce();
    }
  }

  private ReductionOutcome reduce() {
    List<Path> files = FrameFinder.find(request.inputs(), request.output());
    inputSize = sizeOf(files);
    List<Exposure> exposures = readHeaders(files);
    List<Visit> visits =
        new VisitPlanner(config.visit()).plan(ofType(exposures, FrameType.SCIENCE));
    if (visits.isEmpty()) {
      log.fail(
          ExitCode.UNREADABLE_INPUT,
          "there is no science frame among the inputs",
          "add some, or name the instrument with --instrument");
    }
    CalibrationLibrary library = calibrationLibrary(exposures);
    if (request.dryRun()) {
      return plan(exposures, visits, library);
    }
    OutputFolder.prepare(request.output(), files.size());
    List<ReferenceCatalog> catalogs = readReferenceCatalog(visits);
    List<VisitResult> results = new ArrayList<>();
    for (int v = 0; v < visits.size(); v++) {
      CalibrationSet masters = makeMasters(library, visits.get(v));
      if (masters != null) {
        ReferenceCatalog catalog = catalogs.isEmpty() ? null : catalogs.get(v);
        results.add(new VisitReduction(visits.get(v), masters, catalog, context()).run());
      }
    }
    writeMasters(library);
    return finish(results, library.masters());
  }

  /**
   * The reference stars at the time of each visit; none, with a warning, if no catalogue is given.
   */
  private List<ReferenceCatalog> readReferenceCatalog(List<Visit> visits) {
    if (request.referenceCatalog() == null) {
      log.warn(
          "no reference catalogue is given: catalogues keep pixel coordinates and instrumental fluxes",
          "give one with --catalog");
      return List.of();
    }
    List<ReferenceCatalog> catalogs = new ArrayList<>();
    for (Visit visit : visits) {
      catalogs.add(ReferenceCatalog.read(request.referenceCatalog(), visit.first().midJd()));
    }
    return catalogs;
  }

  private VisitReduction.Context context() {
    return new VisitReduction.Context(request, config, backend, workers, timeline, log, provenance);
  }

  /** Reads all headers; a file that cannot be read is quarantined and costs no other. */
  private List<Exposure> readHeaders(List<Path> files) {
    InstrumentProfiles profiles =
        request.instrument() == null
            ? InstrumentProfiles.with(InstrumentProfiles.userFolder())
            : InstrumentProfiles.only(request.instrument());
    ExposureReader reader = new ExposureReader(profiles);
    try (Timeline.Step step = timeline.step("headers", files.size())) {
      List<Callable<Exposure>> pieces = new ArrayList<>();
      for (Path file : files) {
        pieces.add(
            () -> {
              Exposure exposure = readHeader(reader, file);
              step.advance();
              return exposure;
            });
      }
      List<Exposure> exposures = workers.map(pieces).stream().filter(Objects::nonNull).toList();
      if (exposures.isEmpty()) {
        throw new StarlaneException(
            ExitCode.UNREADABLE_INPUT,
            "nothing to reduce",
            files.size() + " files",
            log.problems().stream()
                .filter(p -> p.severity() == ReportData.Severity.ERROR)
                .findFirst()
                .map(p -> "none of them can be read; the first fault: " + p.sentence())
                .orElse("they are FITS files, but none holds a two-dimensional image"),
            "check the files");
      }
      return exposures;
    }
  }

  private Exposure readHeader(ExposureReader reader, Path file) {
    try {
      Exposure exposure = reader.read(file);
      log.frame(file, label(exposure.type()), null, ReportData.State.DONE, null);
      exposure
          .remarks()
          .forEach(remark -> log.warn(exposure.profile().name() + " frames: " + remark, null));
      return exposure;
    } catch (NoImageException e) {
      log.frame(file, "unknown", null, ReportData.State.QUARANTINED, e.why());
      log.info(file + " is ignored: " + e.why());
      return null;
    } catch (StarlaneException e) {
      log.frame(file, "unknown", null, ReportData.State.QUARANTINED, e.why());
      log.fail(e);
      return null;
    }
  }

  /**
   * Size of the files together [10⁶ bytes]; a file that cannot be asked is reported when it is
   * opened.
   */
  private static double sizeOf(List<Path> files) {
    return files.stream().mapToLong(f -> f.toFile().length()).sum() / 1e6;
  }

  private CalibrationLibrary calibrationLibrary(List<Exposure> exposures) {
    return new CalibrationLibrary(
        exposures,
        new CalibrationLibrary.Given(request.bias(), request.dark(), request.flat()),
        request.allowUncalibrated(),
        masterBuilder,
        new MasterReader(backend));
  }

  /** The masters of a visit; null if they are missing, which costs this visit only. */
  private CalibrationSet makeMasters(CalibrationLibrary library, Visit visit) {
    try (Timeline.Step step = timeline.step("masters", 1)) {
      CalibrationSet set = library.choose(visit.first());
      set.warnings().forEach(warning -> log.warn("calibration: " + warning, null));
      set.notes().stream()
          .filter(note -> !set.warnings().contains(note))
          .forEach(note -> log.info("calibration: " + note));
      step.advance();
      return set;
    } catch (StarlaneException e) {
      log.fail(e);
      visit
          .exposures()
          .forEach(
              x ->
                  log.frame(
                      x.file(), "science", visit.name(), ReportData.State.QUARANTINED, e.what()));
      return null;
    } finally {
      noteLeftOut();
    }
  }

  private void noteLeftOut() {
    for (MasterBuilder.LeftOut out : masterBuilder.leftOut()) {
      String type = out.kind().name().toLowerCase(Locale.ROOT);
      log.frame(out.file(), type, null, ReportData.State.QUARANTINED, out.reason());
      log.info(
          out.file().getFileName() + " is left out of the master " + type + ": " + out.reason());
    }
  }

  private void writeMasters(CalibrationLibrary library) {
    ProductNames names = new ProductNames(request.output());
    try (Timeline.Step step = timeline.step("master files", library.masters().size())) {
      List<Callable<Void>> files = new ArrayList<>();
      for (MasterFrame master : library.masters()) {
        files.add(
            () -> {
              if (master.used() > 0 && !isGiven(master)) {
                MasterWriter.write(names.master(master.name()), master, provenance);
              }
              step.advance();
              return null;
            });
      }
      workers.map(files);
    }
  }

  private boolean isGiven(MasterFrame master) {
    for (Path given : new Path[] {request.bias(), request.dark(), request.flat()}) {
      if (given != null && given.getFileName().toString().equals(master.name())) {
        return true;
      }
    }
    return false;
  }

  private ReductionOutcome finish(List<VisitResult> results, List<MasterFrame> masters) {
    List<ReductionOutcome.TruthRow> truth =
        request.truth() == null
            ? List.of()
            : TruthComparison.compare(request.truth(), results, log);
    boolean anyProduct = results.stream().anyMatch(VisitResult::hasProducts);
    ExitCode code = log.exitCode(anyProduct);
    ReportData data = report.assemble(results, masters, truth, timeline, log, code, inputSize);
    Path metrics = request.output().resolve(MetricsFile.NAME);
    Path html = request.output().resolve(ReportWriter.NAME);
    MetricsFile.write(data, metrics);
    ReportWriter.write(data, html);
    return new ReductionOutcome(
        code, List.of(), html, metrics, ReportAssembler.summary(data), truth, sentences());
  }

  private List<String> sentences() {
    return log.problems().stream()
        .filter(p -> p.severity() != ReportData.Severity.INFO)
        .map(p -> p.action() == null ? p.sentence() : p.sentence() + "; " + p.action())
        .toList();
  }

  private ReductionOutcome plan(
      List<Exposure> exposures, List<Visit> visits, CalibrationLibrary library) {
    List<String> lines = new ArrayList<>();
    for (FrameType type : FrameType.values()) {
      lines.add(label(type) + " frames: " + ofType(exposures, type).size());
    }
    for (Visit visit : visits) {
      Exposure first = visit.first();
      lines.add(
          String.format(
              Locale.ROOT,
              "visit %s: %d exposures of %.4g s, %d x %d, instrument %s, camera %s, filter %s",
              visit.name(),
              visit.exposures().size(),
              first.exposureTime(),
              first.light().width(),
              first.light().height(),
              first.profile().name(),
              first.camera(),
              first.filter()));
      library.plan(first).forEach(line -> lines.add("  " + line));
    }
    return new ReductionOutcome(
        log.exitCode(!visits.isEmpty()), lines, null, null, List.of(), List.of(), sentences());
  }

  private static List<Exposure> ofType(List<Exposure> exposures, FrameType type) {
    return exposures.stream().filter(e -> e.type() == type).toList();
  }

  private static String label(FrameType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    workers.close();
    backend.close();
  }
}
