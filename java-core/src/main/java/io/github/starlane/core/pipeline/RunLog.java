package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.report.ReportData.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened to every input, every problem, and the worst exit code. Used from many threads. */
final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private final Progress progress;
  private final Map<Path, ReportData.FrameEntry> frames = new TreeMap<>();
  private final List<ReportData.Problem> problems = new ArrayList<>();
  private final AtomicReference<ExitCode> exitCode = new AtomicReference<>(ExitCode.OK);

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
    worsen(code);
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

  private void worsen(ExitCode code) {
    if (code == ExitCode.RESOURCE) {
      // A full disk or too little memory is what the user has to mend first.
      exitCode.set(code);
    }
    exitCode.compareAndSet(ExitCode.OK, code);
  }

  /**
   * How the run ends: with the code of the first failure if it yielded nothing, else with "some
   * units failed" (or "resource", which another run after mending would cure).
   */
  ExitCode exitCode(boolean anyProduct) {
    ExitCode first = exitCode.get();
    boolean plain =
        first == ExitCode.OK || first == ExitCode.RESOURCE || first == ExitCode.QUALITY_GATE;
    return plain || !anyProduct ? first : ExitCode.SOME_UNITS_FAILED;
  }

  synchronized List<ReportData.FrameEntry> frames() {
    return List.copyOf(frames.values());
  }

  synchronized List<ReportData.Problem> problems() {
    return List.copyOf(problems);
  }
}
