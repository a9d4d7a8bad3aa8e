package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StarlaneTest {

  private final Session session = new Session();

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(session.run("--version")).isZero();
    assertThat(session.out()).matches("starlane \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "reduce", "simulate", "report", "bench", "doctor", "explain"})
  void everyVerbHasHelpWithExamples(String verb) {
    assertThat(session.run(verb, "--help")).isZero();
    assertThat(session.out()).contains("Usage: starlane " + verb, "Examples:", "--json");
    assertThat(session.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "redcue, reduce",
    "simulat, simulate",
    "explian, explain",
  })
  void typoInVerbNamesTheNearest(String typo, String nearest) {
    assertThat(session.run(typo)).isEqualTo(2);
    assertThat(session.err()).contains(typo, "mean '" + nearest + "'");
    assertThat(session.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--backnd, --backend", "--catlog, --catalog", "--drk, --dark"})
  void typoInOptionNamesTheNearest(String typo, String nearest) {
    assertThat(session.run("reduce", "raw", "-o", "out", typo, "x")).isEqualTo(2);
    assertThat(session.err()).contains("'" + typo + "'", "mean '" + nearest + "'");
    assertThat(session.hasReduced()).isFalse();
  }

  @Test
  void missingArgumentsAreNamed() {
    assertThat(session.run("reduce")).isEqualTo(2);
    assertThat(session.err()).contains("PATH", "--out");
    assertThat(session.run("reduce", "raw")).isEqualTo(2);
    assertThat(session.err()).contains("--out").doesNotContain("PATH");
    assertThat(session.run()).isEqualTo(2);
    assertThat(session.err()).contains("name a verb", "reduce");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", "-1"})
  void whatIsNoNumberOfThreadsIsAUsageError(String threads) {
    assertThat(session.run("reduce", "raw", "-o", "out", "-j", threads)).isEqualTo(2);
    assertThat(session.err()).contains("'" + threads + "'", "--threads");
    assertThat(session.run("simulate", "-o", "out", "--threads=" + threads)).isEqualTo(2);
    assertThat(session.run("bench", "--list", "-j" + threads)).isEqualTo(2);
    assertThat(session.run("bench", "cameras", "-j", threads)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain",
        "explain 4",
        "simulate -o out",
        "simulate -o out --dry-run",
        "demo -o no-such-folder --dry-run",
        "reduce raw -o out",
        "bench --list",
      })
  void everyRunEndsWithItsExitCodeInJson(String words) throws Exception {
    int code = session.run((words + " --json").split(" "));
    assertThat(session.events().getLast().get("event").asText()).isEqualTo("end");
    assertThat(session.events().getLast().get("exitCode").asInt()).isEqualTo(code);
    assertThat(session.events().stream().filter(e -> e.get("event").asText().equals("end")))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reduce raw",
        "reduce raw -o out --backnd x",
        "explain Saturatd",
        "simulate -o out --size 7",
        "bench cameras 0",
        "redcue"
      })
  void usageErrorsAreFailuresInJson(String words) throws Exception {
    assertThat(session.run((words + " --json").split(" "))).isEqualTo(2);
    assertThat(session.events()).hasSize(1);
    assertThat(session.events().get(0).get("event").asText()).isEqualTo("failure");
    assertThat(session.events().get(0).get("exitCode").asInt()).isEqualTo(2);
    assertThat(session.events().get(0).get("why").asText()).isNotBlank();
    assertThat(session.events().get(0).get("remedy").asText()).contains("--help");
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void exitCodeOfTheOutcomeIsTheExitCodeOfTheProgram(ExitCode code) {
    session.reducing((request, progress) -> Session.outcome(code));

    assertThat(session.run("reduce", "raw", "-o", "out")).isEqualTo(code.number());
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void failureIsToldInTwoLinesWithItsExitCode(ExitCode code) {
    session.reducing(
        (request, progress) -> {
          throw new StarlaneException(
              code, "cannot read the frame", "a.fits", "it is cut off", "copy it again");
        });

    assertThat(session.run("reduce", "raw", "-o", "out")).isEqualTo(code.number());
    assertThat(session.err().lines())
        .containsExactly(
            "starlane: cannot read the frame: a.fits: it is cut off", "  Copy it again.");
    assertThat(session.out()).isEmpty();
  }

  @Test
  void failureInsideAnotherExceptionIsToldToo() {
    session.reducing(
        (request, progress) -> {
          throw new IllegalStateException(
              new StarlaneException(ExitCode.QUALITY_GATE, "what", "where", "why", "remedy"));
        });

    assertThat(session.run("reduce", "raw", "-o", "out")).isEqualTo(5);
    assertThat(session.err()).startsWith("starlane: what: where: why");
  }

  @Test
  void defectIsOneLineAndItsStackTraceOnlyOnDemand() {
    session.reducing(
        (request, progress) -> {
          throw new IllegalStateException("surprise");
        });

    assertThat(session.run("reduce", "raw", "-o", "out")).isEqualTo(70);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err()).contains("internal error", "surprise", "-vv");
    assertThat(session.run("reduce", "raw", "-o", "out", "-vv")).isEqualTo(70);
    assertThat(session.err()).contains("\tat io.github.starlane.cli");
  }

  @Test
  void outOfMemoryIsAResourceFailureWithAdvice() throws Exception {
    session.reducing(
        (request, progress) -> {
          throw new OutOfMemoryError("Java heap space");
        });

    assertThat(session.run("reduce", "raw", "-o", "out")).isEqualTo(6);
    assertThat(session.err()).contains("out of memory", "-j", "-Xmx").doesNotContain("\tat ");
    assertThat(session.run("reduce", "raw", "-o", "out", "--json")).isEqualTo(6);
    assertThat(session.events().getLast().get("exitCode").asInt()).isEqualTo(6);
    assertThat(session.run("reduce", "raw", "-o", "out", "-v", "-v")).isEqualTo(6);
    assertThat(session.err()).contains("\tat ");
  }

  @Test
  void causesThatABenchmarkKeepsSuppressedAreToldToo() {
    session.reducing(
        (request, progress) -> {
          IllegalStateException benchmark = new IllegalStateException("Benchmark error");
          benchmark.addSuppressed(new RuntimeException(new OutOfMemoryError("Java heap space")));
          throw new IllegalStateException("cannot be measured", benchmark);
        });

    assertThat(session.run("reduce", "raw", "-o", "out")).isEqualTo(6);
    assertThat(session.err()).contains("out of memory").doesNotContain("internal error");
  }

  @Test
  void cancelledWorkDoesNotPassForDone() {
    session.reducing(
        (request, progress) -> {
          throw new CancellationException("interrupted");
        });

    assertThat(session.run("reduce", "raw", "-o", "out")).isNotZero();
  }
}
