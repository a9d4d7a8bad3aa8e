package io.github.starlane.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.starlane.benchmarks.Frame;
import io.github.starlane.benchmarks.suite.Baseline;
import io.github.starlane.benchmarks.suite.KernelSpeed;
import io.github.starlane.benchmarks.suite.KernelSuite;
import io.github.starlane.benchmarks.suite.ThroughputGuard;
import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What a run of {@code bench} is compared with, and where its ratios are saved. */
final class BenchBaseline {

  private final String machine;
  private final String frame;
  private Baseline comparedWith;
  private Path target;
  private Baseline before;

  /**
   * Neither compares nor saves.
   *
   * @param machine description of the backend
   */
  BenchBaseline(String machine, Frame frame) {
    this.machine = machine;
    this.frame = frame.name();
  }

  /**
   * Will compare.
   *
   * @param file a baseline, or null for the built-in one
   * @param kernels names of what will be measured, without parameters
   * @throws StarlaneException (unreadable input) if the file is no baseline; (usage) if it knows
   *     none of the kernels
   */
  BenchBaseline comparing(Path file, List<String> kernels) {
    comparedWith = file == null ? Baseline.builtIn() : read(file);
    Set<String> known = new TreeSet<>();
    for (String kernel : comparedWith.kernels(machine, frame)) {
      known.add(KernelSuite.withoutSettings(kernel));
    }
    if (kernels.stream().noneMatch(known::contains)) {
      throw new StarlaneException(
          ExitCode.USAGE,
          "cannot compare with the baseline",
          file == null ? "the built-in one" : file.toString(),
          known.isEmpty() ? unknownMachine() : "it has none of these kernels",
          "make one of this machine with --save FILE, then compare with --check --baseline FILE");
    }
    return this;
  }

  private String unknownMachine() {
    return "it has no "
        + frame.toLowerCase(Locale.ROOT)
        + " of "
        + machine
        + ", only frames of: "
        + String.join("; ", comparedWith.machines());
  }

  /**
   * Will save.
   *
   * @param file made if absent; what it has of other machines and kernels stays
   * @throws StarlaneException (unreadable input) if the file is there and no baseline
   */
  BenchBaseline savingInto(Path file) {
    target = file;
    before = Files.exists(file) ? read(file) : Baseline.empty();
    return this;
  }

  private static Baseline read(Path file) {
    try {
      return Baseline.read(file);
    } catch (JsonProcessingException e) {
      throw unreadable(file, "it is not a baseline: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      String why = Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file";
      throw unreadable(file, why, e);
    }
  }

  private static StarlaneException unreadable(Path file, String why, Exception cause) {
    return new StarlaneException(
        ExitCode.UNREADABLE_INPUT,
        "cannot read the baseline",
        file.toString(),
        why,
        "give a file that was made with --save",
        cause);
  }

  /**
   * Compares, tells, and saves unless something has become slower: a regression must not become the
   * next baseline.
   *
   * @param again measures kernels of these names again
   * @throws StarlaneException (usage) if nothing could be compared; (resource) if the file cannot
   *     be written
   */
  ExitCode conclude(
      List<KernelSpeed> speeds, Function<List<String>, List<KernelSpeed>> again, Events events) {
    List<KernelSpeed> best = speeds;
    if (comparedWith != null) {
      ThroughputGuard.Verdict verdict =
          new ThroughputGuard(comparedWith, machine, frame).verdict(speeds, again);
      tell(verdict, events);
      if (!verdict.regressions().isEmpty()) {
        return ExitCode.QUALITY_GATE;
      }
      best = verdict.best();
    }
    if (target != null) {
      before.with(machine, frame, best).write(target);
      events.note("product", "baseline: " + target);
    }
    return ExitCode.OK;
  }

  private void tell(ThroughputGuard.Verdict verdict, Events events) {
    verdict.regressions().forEach(regression -> events.note("error", regression.toString()));
    int slower = verdict.regressions().size();
    String falls =
        slower == 0 ? "no ratio is" : slower == 1 ? "1 ratio is" : slower + " ratios are";
    events.line(
        String.format(
            Locale.ROOT,
            "%n%d of %d kernels compared: %s more than %.0f %% below the baseline.",
            verdict.compared(),
            verdict.best().size(),
            falls,
            100 * Baseline.TOLERANCE));
    if (slower > 0 && target != null) {
      events.note("warning", target + " is left as it is: a regression makes no baseline");
    }
    events.data(
        "compared",
        JsonEvents.fields(
            "kernels", verdict.compared(), "of", verdict.best().size(), "regressions", slower));
  }
}
