package io.github.starlane.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.report.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLogTest {
  private final List<String> notes = new ArrayList<>();
  private final RunLog log = new RunLog(new Notes(notes));

  /** Keeps what is told. */
  private record Notes(List<String> list) implements Progress {
    @Override
    public void begin(String step, long units) {}

    @Override
    public void advance(String step, long units) {}

    @Override
    public void end(String step) {}

    @Override
    public void note(String event, String message) {
      synchronized (list) {
        list.add(event + ": " + message);
      }
    }
  }

  @Test
  void aRunWithoutFailuresIsGood() {
    log.info("so");
    log.warn("perhaps", "look");
    assertThat(log.exitCode(true)).isEqualTo(ExitCode.OK);
    assertThat(log.exitCode(false)).isEqualTo(ExitCode.OK);
    assertThat(notes).containsExactly("info: so", "warning: perhaps; look");
  }

  @ParameterizedTest
  @CsvSource({
    "UNREADABLE_INPUT, UNREADABLE_INPUT, true, SOME_UNITS_FAILED",
    "UNREADABLE_INPUT, CALIBRATION_MISSING, false, UNREADABLE_INPUT",
    "CALIBRATION_MISSING, CALIBRATION_MISSING, true, SOME_UNITS_FAILED",
    "CALIBRATION_MISSING, CALIBRATION_MISSING, false, CALIBRATION_MISSING",
    "QUALITY_GATE, QUALITY_GATE, true, QUALITY_GATE",
    "UNREADABLE_INPUT, RESOURCE, true, RESOURCE",
    "RESOURCE, UNREADABLE_INPUT, true, RESOURCE"
  })
  void exitCode(ExitCode first, ExitCode second, boolean products, ExitCode expected) {
    log.fail(first, "one", null);
    log.fail(second, "two", null);
    assertThat(log.exitCode(products)).isEqualTo(expected);
  }

  @Test
  void theSameProblemIsToldOnce() {
    IntStream.range(0, 100).parallel().forEach(i -> log.warn("frames: no gain", null));
    assertThat(log.problems()).hasSize(1);
    assertThat(notes).hasSize(1);
  }

  @Test
  void aFailureIsOneSentenceWithWhatWhereWhyAndARemedy() {
    log.fail(
        new StarlaneException(ExitCode.UNREADABLE_INPUT, "cannot read", "a.fits", "empty", "copy"));
    ReportData.Problem problem = log.problems().get(0);
    assertThat(problem.severity()).isEqualTo(ReportData.Severity.ERROR);
    assertThat(problem.sentence()).isEqualTo("cannot read: a.fits: empty");
    assertThat(problem.action()).isEqualTo("copy");
    assertThat(notes).containsExactly("error: cannot read: a.fits: empty; copy");
  }
}
