package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.Statistics;
import io.github.starlane.core.astrometry.solve.AstrometricSolution;
import io.github.starlane.core.calibration.MasterFrame;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.Times;
import io.github.starlane.core.photometry.ZeroPoint;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.report.ReportData.State;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.core.visit.LightCurves;
import io.github.starlane.kernels.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Gathers what the report and {@code metrics.json} show. */
final class ReportAssembler {
  /** Residual arrows and scatter points are thinned to about these numbers. */
  private static final int MAXIMUM_RESIDUALS = 1500;

  private static final double RESIDUAL_SIGNAL_TO_NOISE = 50;
  private static final int MAXIMUM_SCATTER_POINTS = 6000;
  private static final double MAS_PER_ARCSEC = 1000;

  private final ReductionRequest request;
  private final PipelineConfig config;
  private final Backend backend;
  private final int threads;
  private final Instant start = Instant.now();

  ReportAssembler(ReductionRequest request, PipelineConfig config, Backend backend, int threads) {
    this.request = request;
    this.config = config;
    this.backend = backend;
    this.threads = threads;
  }

  ReportData assemble(
      List<VisitResult> results,
      List<MasterFrame> masters,
      List<ReductionOutcome.TruthRow> truth,
      Timeline timeline,
      RunLog log,
      ExitCode code,
      double inputMegabytes) {
    List<String> settings = new ArrayList<>(request.settings());
    settings.add("fingerprint of all settings: " + config.hash());
    return new ReportData(
        ReportData.SCHEMA_VERSION,
        Version.VERSION,
        start.truncatedTo(ChronoUnit.SECONDS).toString(),
        "reduce "
            + String.join(
                " ",
                request.inputs().stream().limit(3).map(p -> p.getFileName().toString()).toList())
            + (request.inputs().size() > 3
                ? " and " + (request.inputs().size() - 3) + " more"
                : ""),
        backend.description(),
        threads,
        code.number(),
        settings,
        results.stream().map(this::visit).toList(),
        masters.stream().map(ReportAssembler::master).toList(),
        log.frames(),
        timeline.steps(),
        log.problems(),
        truth.stream()
            .map(t -> new ReportData.Truth(t.quantity(), t.achieved(), t.expected(), t.good()))
            .toList(),
        new ReportData.Totals(
            (Instant.now().toEpochMilli() - start.toEpochMilli()) / 1000.0,
            peakMemory(),
            inputMegabytes));
  }

  private static ReportData.Master master(MasterFrame m) {
    String unit = m.kind() == MasterFrame.Kind.FLAT ? "" : "ADU";
    return new ReportData.Master(
        m.kind().name().toLowerCase(Locale.ROOT),
        m.name(),
        null,
        m.used(),
        m.rejected().size(),
        m.median(),
        unit,
        m.notes().isEmpty() ? null : String.join("; ", m.notes()));
  }

  private ReportData.Visit visit(VisitResult r) {
    Exposure first = r.visit().first();
    List<ReportData.Epoch> epochs = new ArrayList<>();
    for (int e = 0; e < r.epochs().length; e++) {
      epochs.add(epoch(r, e));
    }
    List<ReportData.Crop> crops = new ArrayList<>();
    for (int c = 0; c < r.coadds().length; c++) {
      crops.add(crop(r, c));
    }
    return new ReportData.Visit(
        r.visit().name(),
        first.profile().name(),
        first.camera(),
        first.filter(),
        first.object(),
        Double.isFinite(first.midJd())
            ? Times.iso(first.midJd() - first.exposureTime() / 2 / 86400)
            : null,
        first.rightAscension(),
        first.declination(),
        first.pixelScale(),
        r.grid().width(),
        r.grid().height(),
        epochs,
        crops,
        residuals(r),
        scatter(r),
        r.residuals());
  }

  private static ReportData.Epoch epoch(VisitResult r, int e) {
    Exposure x = r.visit().exposures().get(e);
    CropEpoch[] crops = r.epochs()[e];
    List<CropEpoch> good = Arrays.stream(crops).filter(CropEpoch::isGood).toList();
    boolean complete = good.size() == crops.length;
    State state = good.isEmpty() ? State.QUARANTINED : complete ? State.DONE : State.DEGRADED;
    String reason = r.faults().get(e);
    if (reason == null && !complete) {
      reason = crops.length - good.size() + " of " + crops.length + " crops failed";
    }
    return new ReportData.Epoch(
        e + 1,
        x.name(),
        state,
        reason,
        x.midJd(),
        x.exposureTime(),
        x.airmass(),
        median(good, c -> c.extraction.medianBackground()),
        median(good, c -> c.extraction.psf().fwhm()),
        median(good, c -> c.extraction.psf().ellipticity()),
        relativeZeroPoint(r, e),
        good.stream().mapToInt(c -> c.extraction.sources().count()).sum(),
        median(good, c -> VisitProducts.limitingMagnitude(c.extraction, c.zeroPoint)),
        MAS_PER_ARCSEC * median(good, c -> c.astrometry == null ? Double.NaN : c.astrometry.rms()));
  }

  private static double relativeZeroPoint(VisitResult r, int e) {
    return median(
        Arrays.asList(r.coadds()),
        c -> c.lightCurves == null ? Double.NaN : c.lightCurves.zeroPoint()[e]);
  }

  private ReportData.Crop crop(VisitResult r, int c) {
    Crop crop = r.grid().crops().get(c);
    CropCoadd coadd = r.coadds()[c];
    List<CropEpoch> good =
        Arrays.stream(r.epochs()).map(crops -> crops[c]).filter(CropEpoch::isGood).toList();
    boolean measured = coadd.extraction != null;
    ZeroPoint zeroPoint = coadd.zeroPoint;
    return new ReportData.Crop(
        crop.id(),
        crop.section().x() + 1,
        crop.section().y() + 1,
        crop.section().width(),
        crop.section().height(),
        measured ? State.DONE : good.isEmpty() ? State.QUARANTINED : State.DEGRADED,
        coadd.failure,
        coadd.file == null
            ? null
            : request.output().toAbsolutePath().relativize(coadd.file.toAbsolutePath()).toString(),
        coadd.thumbnail,
        coadd.coadd == null ? 0 : coadd.coadd.epochs().length,
        median(good, x -> x.extraction.sources().count()),
        measured ? coadd.extraction.sources().count() : 0,
        median(good, x -> x.extraction.medianBackground()),
        measured ? coadd.extraction.psf().fwhm() : Double.NaN,
        measured ? coadd.extraction.psf().ellipticity() : Double.NaN,
        zeroPoint == null ? Double.NaN : zeroPoint.value(),
        measured && zeroPoint != null
            ? VisitProducts.limitingMagnitude(coadd.extraction, zeroPoint.value())
            : Double.NaN,
        coadd.astrometry == null ? 0 : coadd.astrometry.count(),
        coadd.astrometry == null ? Double.NaN : MAS_PER_ARCSEC * coadd.astrometry.rms());
  }

  /**
   * Of the coadds' significant stars (the arrows of faint ones show noise only), in the light
   * section.
   */
  private static List<ReportData.Residual> residuals(VisitResult r) {
    List<ReportData.Residual> all = new ArrayList<>();
    for (int c = 0; c < r.coadds().length; c++) {
      AstrometricSolution a = r.coadds()[c].astrometry;
      if (a != null) {
        addResiduals(a, r.coadds()[c].extraction.sources(), r.grid().crops().get(c), all);
      }
    }
    return thin(all, MAXIMUM_RESIDUALS);
  }

  private static void addResiduals(
      AstrometricSolution a, SourceTable sources, Crop crop, List<ReportData.Residual> all) {
    double[] x = sources.get(SourceColumn.X);
    double[] y = sources.get(SourceColumn.Y);
    double scale = MAS_PER_ARCSEC * a.wcs().pixelScale();
    for (int k = 0; k < a.count(); k++) {
      int i = a.source()[k];
      if (sources.get(SourceColumn.SN)[i] >= RESIDUAL_SIGNAL_TO_NOISE) {
        all.add(
            new ReportData.Residual(
                x[i] + crop.section().x() + 1,
                y[i] + crop.section().y() + 1,
                a.residualX()[k] * scale,
                a.residualY()[k] * scale));
      }
    }
  }

  private static List<ReportData.ScatterPoint> scatter(VisitResult r) {
    List<ReportData.ScatterPoint> all = new ArrayList<>();
    for (CropCoadd coadd : r.coadds()) {
      LightCurves curves = coadd.lightCurves;
      double zeroPoint = coadd.zeroPoint == null ? 25 : coadd.zeroPoint.value();
      for (int s = 0; curves != null && s < curves.count(); s++) {
        if (curves.scatter()[s] > 0 && curves.meanFlux()[s] > 0) {
          double magnitude = zeroPoint - 2.5 * Math.log10(curves.meanFlux()[s]);
          all.add(
              new ReportData.ScatterPoint(
                  magnitude, curves.scatter()[s], curves.expectedScatter()[s]));
        }
      }
    }
    return thin(all, MAXIMUM_SCATTER_POINTS);
  }

  private static <T> List<T> thin(List<T> all, int most) {
    int step = Math.max(1, (all.size() + most - 1) / most);
    List<T> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      kept.add(all.get(i));
    }
    return kept;
  }

  private static <T> double median(List<T> items, ToDoubleFunction<T> value) {
    return Statistics.median(items.stream().mapToDouble(value));
  }

  /**
   * Largest resident size of this process [10⁶ bytes], as Linux knows it; elsewhere the heap in
   * use.
   */
  private static double peakMemory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
        }
      }
    } catch (IOException e) {
      // Not Linux: fall through.
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }

  /** A few lines for people. */
  static List<String> summary(ReportData data) {
    List<String> lines = new ArrayList<>();
    for (ReportData.Visit v : data.visits()) {
      long used = v.epochs().stream().filter(e -> e.state() != State.QUARANTINED).count();
      long coadds = v.crops().stream().filter(c -> c.coaddFile() != null).count();
      lines.add(
          String.format(
              Locale.ROOT,
              "visit %s: %d of %d frames reduced, %d crops, %d coadds, median %.0f sources per crop and epoch, %d in the coadds",
              v.name(),
              used,
              v.epochs().size(),
              v.crops().size(),
              coadds,
              median(v.crops(), ReportData.Crop::epochSources),
              v.crops().stream().mapToInt(ReportData.Crop::coaddSources).sum()));
    }
    return lines;
  }
}
