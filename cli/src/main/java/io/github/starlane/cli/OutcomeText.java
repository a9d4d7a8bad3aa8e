package io.github.starlane.cli;

import io.github.starlane.core.pipeline.ReductionOutcome;
import io.github.starlane.core.pipeline.ReductionOutcome.TruthRow;
import java.nio.file.Path;
import java.util.List;

/** Tells how a reduction ended. */
final class OutcomeText {

  private OutcomeText() {}

  static void tell(ReductionOutcome outcome, Events events) {
    outcome.plan().forEach(events::line);
    if (!outcome.truthTable().isEmpty()) {
      events.line("");
      table(outcome.truthTable()).forEach(events::line);
      events.line("");
    }
    outcome.summary().forEach(events::line);
    if (outcome.report() != null) {
      events.line("report: " + outcome.report());
    }
  }

  /** The same for programs: names and values in turn. */
  static Object[] fields(ReductionOutcome outcome) {
    return new Object[] {
      "exit", outcome.exitCode().name(),
      "report", text(outcome.report()),
      "metrics", text(outcome.metrics()),
      "plan", outcome.plan(),
      "summary", outcome.summary(),
      "problems", outcome.problems(),
      "truth", outcome.truthTable()
    };
  }

  private static String text(Path path) {
    return path == null ? null : path.toString();
  }

  /** The rows in aligned columns, with a mark for each. */
  static List<String> table(List<TruthRow> rows) {
    int quantity = width("quantity", rows.stream().map(TruthRow::quantity).toList());
    int achieved = width("achieved", rows.stream().map(TruthRow::achieved).toList());
    int expected = width("expected", rows.stream().map(TruthRow::expected).toList());
    List<String> lines = new java.util.ArrayList<>();
    lines.add(
        "  " + padded("quantity", quantity) + "  " + padded("achieved", achieved) + "  expected");
    lines.add(
        "  " + "─".repeat(quantity) + "  " + "─".repeat(achieved) + "  " + "─".repeat(expected));
    for (TruthRow row : rows) {
      lines.add(
          (row.good() ? "✓ " : "✗ ")
              + padded(row.quantity(), quantity)
              + "  "
              + padded(row.achieved(), achieved)
              + "  "
              + row.expected());
    }
    return lines;
  }

  private static int width(String head, List<String> cells) {
    return Math.max(length(head), cells.stream().mapToInt(OutcomeText::length).max().orElse(0));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - length(text)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
