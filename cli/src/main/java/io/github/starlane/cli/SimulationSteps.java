package io.github.starlane.cli;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.pipeline.Progress;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.SimulationParameters;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Runs the simulator as one step of a verb. */
final class SimulationSteps {

  private static final String STEP = "simulate";

  private SimulationSteps() {}

  /**
   * Simulates.
   *
   * @param threads 0 for all processors
   * @throws StarlaneException (resource) if the frames cannot be written
   */
  static SimulatedVisit run(
      Simulator simulator,
      SimulationParameters parameters,
      Path folder,
      int threads,
      Progress progress) {
    int workers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    long[] seen = {-1};
    try {
      SimulatedVisit visit =
          simulator.run(
              parameters,
              folder,
              workers,
              (what, done, total) -> {
                if (seen[0] < 0) {
                  progress.begin(STEP, total);
                  seen[0] = 0;
                }
                progress.advance(STEP, done - seen[0]);
                seen[0] = done;
              });
      progress.end(STEP);
      return visit;
    } catch (UncheckedIOException e) {
      throw new StarlaneException(
          ExitCode.RESOURCE,
          "cannot write the simulated frames",
          folder.toString(),
          e.getMessage() + " (" + e.getCause().getMessage() + ")",
          "choose a folder that can be written, on a disk with enough room",
          e);
    }
  }
}
