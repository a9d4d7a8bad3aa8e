package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.report.ReportData.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened to every input, every problem, and the worst exit code. Used from many threads. */
final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private final Progress progress;
  private final Map<Path, ReportData.FrameEntry> frames = new TreeMap<>();
  private final List<ReportData.Problem> problems = new ArrayList<>();
  private final Set<ExitCode> failures = new LinkedHashSet<>();

  RunLog(Progress progress) {
    this.progress = progress;
  }

  /** Sets or replaces the state of an input. */
  synchronized void frame(
      Path file, String type, String visit, ReportData.State state, String reason) {
    frames.put(
        file, new ReportData.FrameEntry(file.getFileName().toString(), type, visit, state, reason));
  }

  /** Something a user may want to know. */
  void info(String sentence) {
    if (add(Severity.INFO, sentence, null)) {
      progress.note("info", sentence);
    }
  }

  /** Results are there, with a caveat. */
  void warn(String sentence, String action) {
    if (add(Severity.WARNING, sentence, action)) {
      progress.note("warning", action == null ? sentence : sentence + "; " + action);
    }
  }

  /**
   * Something could not be done; the run goes on and ends with this code unless a graver one
   * follows.
   */
  void fail(ExitCode code, String sentence, String action) {
    synchronized (this) {
      failures.add(code);
    }
    if (add(Severity.ERROR, sentence, action)) {
      progress.note("error", action == null ? sentence : sentence + "; " + action);
    }
  }

  /** A failure of one unit. */
  void fail(StarlaneException e) {
    fail(e.exitCode(), e.what() + ": " + e.where() + ": " + e.why(), e.remedy());
    LOG.debug("failure", e);
  }

  private synchronized boolean add(Severity severity, String sentence, String action) {
    ReportData.Problem problem = new ReportData.Problem(severity, sentence, action);
    return !problems.contains(problem) && problems.add(problem);
  }

  /**
   * How the run ends: "resource" if anything was short, for mending that and running again cures
   * all; "quality gate" if nothing else went wrong; the code of the first failure if the run
   * yielded nothing, else "some units failed".
   */
  synchronized ExitCode exitCode(boolean anyProduct) {
    if (failures.isEmpty() || failures.contains(ExitCode.RESOURCE)) {
      return failures.isEmpty() ? ExitCode.OK : ExitCode.RESOURCE;
    }
    ExitCode first = failures.iterator().next();
    boolean onlyQuality = failures.equals(Set.of(ExitCode.QUALITY_GATE));
    return onlyQuality || !anyProduct ? first : ExitCode.SOME_UNITS_FAILED;
  }

  synchronized List<ReportData.FrameEntry> frames() {
    return List.copyOf(frames.values());
  }

  synchronized List<ReportData.Problem> problems() {
    return List.copyOf(problems);
  }
}
