package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import java.nio.file.Path;
import java.util.List;

/**
 * How a reduction ended.
 *
 * @param exitCode worst state reached
 * @param plan lines of the plan, for {@code --dry-run}: visits, frames, chosen calibrations
 * @param report the HTML report, or null (dry run)
 * @param metrics metrics.json, or null (dry run)
 * @param summary lines for people, e.g. "2 visits, 10 of 10 frames, 2 coadds"
 * @param truthTable achieved against true, one line per quantity; empty without truth
 * @param problems every warning and failure, as one sentence each
 */
public record ReductionOutcome(
    ExitCode exitCode,
    List<String> plan,
    Path report,
    Path metrics,
    List<String> summary,
    List<TruthRow> truthTable,
    List<String> problems) {

  /**
   * One line of the comparison with a simulation's truth.
   *
   * @param quantity e.g. "photometric scatter / Cramér–Rao bound, S/N 20–50"
   * @param achieved value with unit
   * @param expected what physics or the simulation says
   * @param good whether it is as good as it should be
   */
  public record TruthRow(String quantity, String achieved, String expected, boolean good) {}
}
