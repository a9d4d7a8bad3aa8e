package io.github.starlane.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.starlane.core.ExitCode;
import io.github.starlane.core.pipeline.ReductionOutcome;
import io.github.starlane.core.pipeline.ReductionRequest;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.Simulation;
import io.github.starlane.testdata.SimulationParameters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs command lines inside the test's JVM, with a pipeline that only remembers what it is asked.
 */
final class Session {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<ReductionRequest> requests = new ArrayList<>();
  private int columns;
  private Reducer reducer = (request, progress) -> outcome(ExitCode.OK);
  private Simulator simulator =
      (parameters, folder, threads, progress) -> {
        progress.advance("sky", 1, 2);
        progress.advance("frames", 2, 2);
        return visit(parameters, folder);
      };

  static ReductionOutcome outcome(ExitCode code) {
    return new ReductionOutcome(
        code,
        List.of(),
        Path.of("out", "report.html"),
        Path.of("out", "metrics.json"),
        List.of("1 visit, 3 of 3 frames, 4 coadds"),
        List.of(
            new ReductionOutcome.TruthRow("completeness, S/N ≥ 10", "95.1 %", "≥ 93 %", true),
            new ReductionOutcome.TruthRow("astrometry", "181 mas", "≤ 40 mas", false)),
        List.of());
  }

  private static SimulatedVisit visit(SimulationParameters parameters, Path folder) {
    return new SimulatedVisit(
        parameters,
        List.of(folder.resolve("raw/science.fits")),
        List.of(folder.resolve("calib/dark.fits")),
        List.of(folder.resolve("calib/flat.fits")),
        folder.resolve("reference_catalog.fits"),
        folder.resolve("truth/stars.fits"),
        folder.resolve("truth/detections.fits"),
        folder.resolve("truth/movers.fits"),
        folder.resolve("truth/events.fits"));
  }

  Session reducing(Reducer other) {
    reducer = other;
    return this;
  }

  /** With the pipeline and the simulator of the program. */
  static Session real() {
    return new Session().reducing(Pipeline.REDUCER).simulating(Simulation::run);
  }

  Session simulating(Simulator other) {
    simulator = other;
    return this;
  }

  Session onTerminal(int width) {
    columns = width;
    return this;
  }

  int run(String... arguments) {
    out.reset();
    err.reset();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            columns);
    Reducer remembering =
        (request, progress) -> {
          requests.add(request);
          return reducer.run(request, progress);
        };
    return Starlane.run(new Services(remembering, simulator, console), arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  ReductionRequest request() {
    return requests.getLast();
  }

  boolean hasReduced() {
    return !requests.isEmpty();
  }

  /** Standard output as JSON, one object per line; fails if it is anything else. */
  List<JsonNode> events() throws JsonProcessingException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : out().lines().toList()) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (!event.isObject() || !event.hasNonNull("event") || !event.hasNonNull("time")) {
        throw new AssertionError("not an event: " + line);
      }
      events.add(event);
    }
    return events;
  }
}
