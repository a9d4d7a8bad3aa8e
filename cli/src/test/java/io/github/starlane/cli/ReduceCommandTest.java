package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.pipeline.Progress;
import io.github.starlane.core.pipeline.ReductionOutcome;
import io.github.starlane.core.pipeline.ReductionRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReduceCommandTest {

  private final Session session = new Session();

  @Test
  void everyOptionReachesThePipeline() {
    session.run(
        "reduce",
        "a",
        "b/c.fits",
        "--out",
        "o",
        "--threads",
        "3",
        "--backend",
        "scalar",
        "--config",
        "c.yaml",
        "--set",
        "x.y=1",
        "--set",
        "z=a=b",
        "--instrument",
        "ratir",
        "--bias",
        "bias.fits",
        "--dark",
        "dark.fits",
        "--flat",
        "flat.fits",
        "--catalog",
        "cat.fits",
        "--allow-uncalibrated",
        "--dry-run",
        "--truth",
        "t");

    assertThat(session.request())
        .isEqualTo(
            new ReductionRequest(
                List.of(Path.of("a"), Path.of("b/c.fits")),
                Path.of("o"),
                "ratir",
                Path.of("bias.fits"),
                Path.of("dark.fits"),
                Path.of("flat.fits"),
                Path.of("cat.fits"),
                Path.of("c.yaml"),
                List.of("x.y=1", "z=a=b"),
                "scalar",
                3,
                true,
                true,
                Path.of("t")));
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    session.run("reduce", "a", "-o", "o");

    assertThat(session.request())
        .isEqualTo(
            new ReductionRequest(
                List.of(Path.of("a")),
                Path.of("o"),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                "auto",
                0,
                false,
                false,
                null));
  }

  @Test
  void resultsGoToStandardOutput() {
    session.run("reduce", "a", "-o", "o");

    assertThat(session.out())
        .contains("1 visit, 3 of 3 frames, 4 coadds", "report: " + Path.of("out", "report.html"));
    assertThat(session.err()).isEmpty();
  }

  @Test
  void truthTableIsAligned() {
    session.run("reduce", "a", "-o", "o");

    List<String> rows =
        session.out().lines().filter(l -> l.contains("≤") || l.contains("≥ 93")).toList();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).startsWith("✓ completeness, S/N ≥ 10");
    assertThat(rows.get(1)).startsWith("✗ astrometry");
    assertThat(rows.get(0).indexOf("95.1 %")).isEqualTo(rows.get(1).indexOf("181 mas"));
    assertThat(rows.get(0).indexOf("≥ 93 %")).isEqualTo(rows.get(1).indexOf("≤ 40 mas"));
  }

  @Test
  void planOfADryRunIsPrinted() {
    session.reducing(
        (request, progress) ->
            new ReductionOutcome(
                ExitCode.OK,
                List.of("visit 1: 5 frames"),
                null,
                null,
                List.of(),
                List.of(),
                List.of()));

    assertThat(session.run("reduce", "a", "-o", "o", "--dry-run")).isZero();
    assertThat(session.out()).isEqualTo("visit 1: 5 frames" + System.lineSeparator());
  }

  @Test
  void withoutATerminalProgressIsOneLinePerStep() {
    session.reducing(ReduceCommandTest::twoSteps);

    session.run("reduce", "a", "-o", "o");

    List<String> lines = session.err().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches(" *sources +10 +[0-9.]+ s");
    assertThat(lines.get(1)).isEqualTo("starlane: warning: one frame is cloudy");
    assertThat(lines.get(2)).matches(" *coadds +4 +[0-9.]+ s");
    assertThat(session.err()).doesNotContain("\r", "\u001B");
  }

  @Test
  void onATerminalTheBarIsDrawnAndTakenAway() {
    session.reducing(ReduceCommandTest::twoSteps).onTerminal(80);

    session.run("reduce", "a", "-o", "o");

    assertThat(session.err()).contains("\r\u001B[2K", "sources", "coadds");
    String last = session.err().substring(session.err().lastIndexOf("\u001B[2K") + 4);
    assertThat(last.strip()).matches("coadds +4 +[0-9.]+ s");
    assertThat(session.out()).doesNotContain("\u001B", "\r");
  }

  @Test
  void quietMeansSilent() {
    session.reducing(ReduceCommandTest::twoSteps).onTerminal(80);

    assertThat(session.run("reduce", "a", "-o", "o", "-q")).isZero();
    assertThat(session.out()).isEmpty();
    assertThat(session.err()).isEmpty();
  }

  @Test
  void quietStillTellsFailures() {
    session.reducing(
        (request, progress) -> {
          throw new StarlaneException(ExitCode.RESOURCE, "cannot write", "o", "disk full", "room");
        });

    session.run("reduce", "a", "-o", "o", "-q");

    assertThat(session.err()).contains("disk full");
  }

  @Test
  void jsonIsOneEventPerLine() throws Exception {
    session.reducing(ReduceCommandTest::twoSteps);

    assertThat(session.run("reduce", "a", "-o", "o", "--json")).isZero();

    assertThat(session.events())
        .extracting(e -> e.get("event").asText())
        .containsExactly("step", "step-end", "warning", "product", "step", "step-end", "end");
    assertThat(session.events().get(1).get("done").asInt()).isEqualTo(10);
    assertThat(session.events().getLast().get("exitCode").asInt()).isZero();
    assertThat(session.events().getLast().get("truth").get(1).get("good").asBoolean()).isFalse();
    assertThat(session.err()).isEmpty();
  }

  @Test
  void failureInJsonIsAnEvent() throws Exception {
    session.reducing(
        (request, progress) -> {
          throw new StarlaneException(
              ExitCode.CALIBRATION_MISSING, "no \"dark\"", "a", "none given", "give one");
        });

    assertThat(session.run("reduce", "a", "-o", "o", "--json")).isEqualTo(4);

    assertThat(session.events()).hasSize(1);
    assertThat(session.events().get(0).get("exitCode").asInt()).isEqualTo(4);
    assertThat(session.events().get(0).get("what").asText()).isEqualTo("no \"dark\"");
  }

  @Test
  void logRecordsFollowTheVerbosity() throws Exception {
    session.reducing(
        (request, progress) -> {
          var log = LoggerFactory.getLogger("io.github.starlane.core.Test");
          log.debug("a detail");
          log.info("a choice");
          log.warn("a doubt", new IllegalStateException("deep"));
          return Session.outcome(ExitCode.OK);
        });

    session.run("reduce", "a", "-o", "o");
    assertThat(session.err().lines()).containsExactly("starlane: warning: a doubt");
    session.run("reduce", "a", "-o", "o", "-q");
    assertThat(session.err()).isEmpty();
    session.run("reduce", "a", "-o", "o", "-v");
    assertThat(session.err().lines())
        .containsExactly("starlane: info: a choice", "starlane: warning: a doubt");
    session.run("reduce", "a", "-o", "o", "-vv");
    assertThat(session.err()).contains("debug: a detail", "IllegalStateException: deep");
    session.run("reduce", "a", "-o", "o", "--json");
    assertThat(session.events().get(0).get("message").asText()).isEqualTo("a doubt");
  }

  private static ReductionOutcome twoSteps(ReductionRequest request, Progress progress) {
    progress.begin("sources", 10);
    progress.advance("sources", 4);
    progress.advance("sources", 6);
    progress.end("sources");
    progress.note("warning", "one frame is cloudy");
    progress.note("product", "out/coadd.fits");
    progress.begin("coadds", 4);
    progress.advance("coadds", 4);
    progress.end("coadds");
    return Session.outcome(ExitCode.OK);
  }
}
