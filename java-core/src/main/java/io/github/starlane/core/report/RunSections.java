package io.github.starlane.core.report;

import static java.util.Comparator.reverseOrder;

import io.github.starlane.core.report.ReportData.FrameEntry;
import io.github.starlane.core.report.ReportData.Master;
import io.github.starlane.core.report.ReportData.Problem;
import io.github.starlane.core.report.ReportData.Severity;
import io.github.starlane.core.report.ReportData.State;
import io.github.starlane.core.report.ReportData.Step;
import io.github.starlane.core.report.ReportData.Totals;
import io.github.starlane.core.report.ReportData.Truth;
import java.util.Comparator;
import java.util.List;

/** The parts of the page that concern the whole run. */
final class RunSections {

  /** Longer lists of frames are folded away. */
  private static final int FRAMES_SHOWN_OPEN = 24;

  private static final int NOTES_SHOWN_OPEN = 5;

  private RunSections() {}

  static String exitBadge(int exitCode) {
    String style = exitCode == 0 ? "done" : exitCode == 1 ? "degraded" : "quarantined";
    String text =
        switch (exitCode) {
          case 0 -> "complete";
          case 1 -> "some units failed";
          default -> "ended with exit code " + exitCode;
        };
    return "<span class=\"badge big " + style + "\">" + text + "</span>";
  }

  static String truth(List<Truth> truth) {
    if (truth.isEmpty()) {
      return "";
    }
    HtmlTable table =
        new HtmlTable(
            "What was measured, against what the simulation put in",
            List.of("", "Quantity", "Achieved", "Expected"));
    for (Truth row : truth) {
      String mark =
          row.good()
              ? "<span class=\"good\" role=\"img\" aria-label=\"good\">✓</span>"
              : "<span class=\"bad\" role=\"img\" aria-label=\"not good\">✗</span>";
      table.row().markup(mark).text(row.quantity()).text(row.achieved()).text(row.expected());
      table.endRow();
    }
    return section("truth", "Achieved and true", table.end());
  }

  static String problems(List<Problem> problems) {
    if (problems.isEmpty()) {
      return section("problems", "Warnings", "<p class=\"calm\">None.</p>");
    }
    List<Problem> notes = problems.stream().filter(p -> p.severity() == Severity.INFO).toList();
    List<Problem> graver =
        problems.stream()
            .filter(p -> p.severity() != Severity.INFO)
            .sorted(Comparator.comparing(Problem::severity, Comparator.nullsLast(reverseOrder())))
            .toList();
    String content = graver.isEmpty() ? "<p class=\"calm\">None.</p>" : list(graver);
    if (!notes.isEmpty()) {
      String title = Markup.plural(notes.size(), "note");
      content += folded(title, list(notes), notes.size() <= NOTES_SHOWN_OPEN);
    }
    return section("problems", "Warnings, and what was done about them", content);
  }

  private static String list(List<Problem> problems) {
    StringBuilder list = new StringBuilder("<ul class=\"problems\">");
    for (Problem problem : problems) {
      String severity = problem.severity() == null ? "info" : problem.severity().label();
      list.append("<li class=\"")
          .append(severity)
          .append("\"><strong>")
          .append(severity)
          .append("</strong> ")
          .append(Markup.escape(problem.sentence()));
      if (problem.action() != null && !problem.action().isBlank()) {
        list.append("<span class=\"action\">").append(Markup.escape(problem.action()));
        list.append("</span>");
      }
      list.append("</li>");
    }
    return list + "</ul>";
  }

  static String steps(List<Step> steps, Totals totals) {
    List<BarChart.Bar> bars =
        steps.stream()
            .map(
                s ->
                    new BarChart.Bar(
                        s.name(),
                        s.seconds(),
                        Markup.duration(s.seconds())
                            + (s.units() > 0 ? " · " + Markup.plural(s.units(), "unit") : "")))
            .toList();
    String chart = new BarChart("Wall time by step, seconds", bars).svg();
    StringBuilder text = new StringBuilder();
    text.append("<p>Wall time ").append(Markup.duration(totals.wallSeconds()));
    if (Double.isFinite(totals.peakMemoryMegabytes())) {
      text.append(" · peak memory ")
          .append(Markup.count(Math.round(totals.peakMemoryMegabytes())))
          .append(" MB");
    }
    if (Double.isFinite(totals.inputMegabytes())) {
      text.append(" · raw data ")
          .append(Markup.count(Math.round(totals.inputMegabytes())))
          .append(" MB");
    }
    text.append("</p>");
    if (chart == null) {
      text.append("<p class=\"calm\">No steps were timed.</p>");
    } else {
      text.append("<figure class=\"wide\">").append(chart).append("</figure>");
    }
    return section("timing", "Timing", text.toString());
  }

  static String masters(List<Master> masters) {
    if (masters.isEmpty()) {
      return section("masters", "Calibration", "<p class=\"calm\">No masters were used.</p>");
    }
    HtmlTable table =
        new HtmlTable(
            "Masters used",
            List.of("Kind", "File", "Filter", "#Frames", "#Refused", "#Median", "Note"));
    for (Master m : masters) {
      String unit = m.unit() == null ? "" : " " + m.unit();
      table
          .row()
          .text(m.kind())
          .name(m.file())
          .text(m.filter())
          .number(Markup.count(m.framesUsed()))
          .number(Markup.count(m.framesRejected()))
          .number(Markup.compact(m.median()) + unit)
          .text(m.note() == null ? "" : m.note())
          .endRow();
    }
    return section("masters", "Calibration", table.end());
  }

  static String frames(List<FrameEntry> frames) {
    if (frames.isEmpty()) {
      return section("frames", "Frames", "<p class=\"calm\">There were no frames.</p>");
    }
    HtmlTable table =
        new HtmlTable(
            "Every input and what became of it",
            List.of("File", "Type", "Visit", "State", "Reason"));
    for (FrameEntry frame : frames) {
      table
          .row()
          .name(frame.file())
          .text(frame.type())
          .text(frame.visit())
          .markup(HtmlTable.badge(frame.state()))
          .text(frame.reason() == null ? "" : frame.reason())
          .endRow();
    }
    String counts =
        "<p>"
            + Markup.plural(frames.size(), "frame")
            + ": "
            + String.join(
                ", ",
                java.util.Arrays.stream(State.values())
                    .map(s -> frames.stream().filter(f -> f.state() == s).count() + " " + s.label())
                    .filter(s -> !s.startsWith("0 "))
                    .toList())
            + ".</p>";
    return section(
        "frames",
        "Frames",
        counts + folded("List", table.end(), frames.size() <= FRAMES_SHOWN_OPEN));
  }

  static String provenance(ReportData data) {
    StringBuilder text = new StringBuilder("<dl>");
    define(text, "Command", data.command());
    define(text, "Run began", data.created());
    define(text, "Program", "Starlane " + data.starlaneVersion());
    define(text, "Backend", data.backend());
    define(
        text,
        "Settings that differ from the defaults",
        data.settings().isEmpty() ? "none" : String.join("; ", data.settings()));
    return section("provenance", "Provenance", text + "</dl>");
  }

  /** Content that can be folded away. */
  static String folded(String title, String content, boolean open) {
    return "<details"
        + (open ? " open=\"open\"" : "")
        + "><summary>"
        + Markup.escape(title)
        + "</summary>"
        + content
        + "</details>";
  }

  static String section(String id, String title, String content) {
    return "<section id=\""
        + id
        + "\"><h2>"
        + Markup.escape(title)
        + "</h2>"
        + content
        + "</section>\n";
  }

  private static void define(StringBuilder text, String term, String value) {
    text.append("<dt>").append(term).append("</dt><dd>").append(Markup.escape(value));
    text.append("</dd>");
  }
}
