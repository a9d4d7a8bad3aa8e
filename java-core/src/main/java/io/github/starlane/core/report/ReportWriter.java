package io.github.starlane.core.report;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.fits.AtomicFile;
import io.github.starlane.core.report.ReportData.Crop;
import io.github.starlane.core.report.ReportData.State;
import io.github.starlane.core.report.ReportData.Visit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Draws {@link ReportData} as one HTML file that needs nothing else: no network, no scripts, no
 * fonts; pictures are inside.
 */
public final class ReportWriter {

  /** Usual name of the file in an output folder. */
  public static final String NAME = "report.html";

  /** Thumbnails above this many bytes in sum are made smaller, to keep the page light. */
  private static final long THUMBNAIL_BUDGET = 2_000_000;

  private ReportWriter() {}

  /**
   * Writes the page, atomically: to a temporary name in the same folder, then renamed.
   *
   * @throws io.github.starlane.core.StarlaneException (resource) if the file cannot be written
   */
  public static void write(ReportData data, Path html) {
    byte[] page = page(data).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(html, out -> out.write(page));
  }

  /** The page as text. It is also well-formed XML. */
  static String page(ReportData data) {
    StringBuilder out = new StringBuilder(1 << 18);
    out.append("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>")
        .append("<meta charset=\"utf-8\" />")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />")
        .append("<meta name=\"color-scheme\" content=\"light dark\" />")
        .append("<meta name=\"generator\" content=\"")
        .append(Markup.escape("Starlane " + data.starlaneVersion()))
        .append("\" /><title>")
        .append(Markup.escape(title(data)))
        .append("</title>\n<style>\n")
        .append(styleSheet())
        .append("</style></head>\n<body>\n");
    header(out, data);
    out.append("<main>\n").append(summary(data));
    double thumbnailFactor = thumbnailFactor(data);
    out.append(RunSections.truth(data.truth())).append(RunSections.problems(data.problems()));
    for (int i = 0; i < data.visits().size(); i++) {
      out.append(new VisitSection(data.visits().get(i), i + 1, thumbnailFactor).html());
    }
    out.append(RunSections.steps(data.steps(), data.totals()))
        .append(RunSections.masters(data.masters()))
        .append(RunSections.frames(data.frames()))
        .append(RunSections.provenance(data))
        .append("</main>\n<footer>Starlane ")
        .append(Markup.escape(data.starlaneVersion()))
        .append(" · the same figures, for programs, are in ")
        .append(MetricsFile.NAME)
        .append("</footer>\n</body></html>\n");
    return out.toString();
  }

  private static String title(ReportData data) {
    return data.visits().isEmpty()
        ? "Starlane report"
        : "Starlane report: " + String.join(", ", names(data.visits()));
  }

  private static List<String> names(List<Visit> visits) {
    return visits.stream().limit(3).map(Visit::name).toList();
  }

  private static void header(StringBuilder out, ReportData data) {
    out.append("<header><div class=\"brand\">").append(LOGO).append("<div><h1>Reduction report");
    out.append("</h1><p>")
        .append(Markup.escape(data.created()))
        .append(" · Starlane ")
        .append(Markup.escape(data.starlaneVersion()))
        .append(" · ")
        .append(Markup.escape(data.backend()))
        .append(" · ")
        .append(Markup.plural(data.threads(), "thread"))
        .append("</p></div>")
        .append(RunSections.exitBadge(data.exitCode()))
        .append("</div>\n<nav aria-label=\"Sections\">");
    link(out, "truth", "Achieved and true", !data.truth().isEmpty());
    link(out, "problems", "Warnings", true);
    for (int i = 0; i < data.visits().size(); i++) {
      link(out, "visit-" + (i + 1), data.visits().get(i).name(), true);
    }
    link(out, "timing", "Timing", true);
    link(out, "masters", "Calibration", true);
    link(out, "frames", "Frames", true);
    link(out, "provenance", "Provenance", true);
    out.append("</nav></header>\n");
  }

  private static void link(StringBuilder out, String anchor, String text, boolean present) {
    if (present) {
      out.append("<a href=\"#")
          .append(anchor)
          .append("\">")
          .append(Markup.escape(text))
          .append("</a>");
    }
  }

  private static String summary(ReportData data) {
    long frames = data.frames().stream().filter(f -> f.state() != null).count();
    long used =
        data.frames().stream()
            .filter(f -> f.state() == State.DONE || f.state() == State.DEGRADED)
            .count();
    List<Crop> crops = data.visits().stream().flatMap(v -> v.crops().stream()).toList();
    long coadds = crops.stream().filter(c -> c.coaddFile() != null).count();
    long sources = crops.stream().mapToLong(Crop::coaddSources).sum();
    long doubts =
        data.problems().stream().filter(p -> p.severity() != ReportData.Severity.INFO).count();
    StringBuilder out = new StringBuilder("<section class=\"tiles\" aria-label=\"Summary\">");
    tile(out, Markup.count(data.visits().size()), data.visits().size() == 1 ? "visit" : "visits");
    tile(out, Markup.count(used) + " / " + Markup.count(frames), "frames used");
    tile(out, Markup.count(coadds), coadds == 1 ? "coadd" : "coadds");
    tile(out, Markup.count(sources), "sources in coadds");
    tile(out, medianOf(crops, data.visits()), "median FWHM");
    tile(out, Markup.duration(data.totals().wallSeconds()), "wall time");
    tile(out, Markup.count(doubts), doubts == 1 ? "warning" : "warnings");
    return out.append("</section>\n").toString();
  }

  /** In arcsec where the scale is known, else in pixels. */
  private static String medianOf(List<Crop> crops, List<Visit> visits) {
    double pixels = Statistics.median(crops.stream().mapToDouble(Crop::fwhm));
    double scale = Statistics.median(visits.stream().mapToDouble(Visit::pixelScale));
    return Double.isFinite(scale) && visits.size() == 1
        ? Markup.number(pixels * scale, 2) + "″"
        : Markup.number(pixels, 2) + " px";
  }

  private static void tile(StringBuilder out, String value, String name) {
    out.append("<div class=\"tile\"><strong>")
        .append(Markup.escape(value))
        .append("</strong><span>")
        .append(Markup.escape(name))
        .append("</span></div>");
  }

  private static double thumbnailFactor(ReportData data) {
    long bytes =
        data.visits().stream()
            .flatMap(v -> v.crops().stream())
            .mapToLong(c -> c.thumbnail() == null ? 0 : c.thumbnail().length)
            .sum();
    return bytes <= THUMBNAIL_BUDGET ? 1 : Math.sqrt((double) THUMBNAIL_BUDGET / bytes);
  }

  private static String styleSheet() {
    try (InputStream in = ReportWriter.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the style sheet is missing from the program", e);
    }
  }

  private static final String LOGO =
      "<svg class=\"logo\" viewBox=\"0 0 48 48\" aria-hidden=\"true\">"
          + "<rect width=\"48\" height=\"48\" rx=\"11\" fill=\"#101a33\"/>"
          + "<path d=\"M8 34h32M8 28h20M8 40h26\" stroke=\"#5b8def\" stroke-width=\"2.4\""
          + " stroke-linecap=\"round\"/>"
          + "<path d=\"M31 6l2.4 7.6L41 16l-7.6 2.4L31 26l-2.4-7.6L21 16l7.6-2.4z\""
          + " fill=\"#ffd479\"/></svg>";
}
