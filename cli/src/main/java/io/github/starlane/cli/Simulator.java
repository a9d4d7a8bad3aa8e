package io.github.starlane.cli;

import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.SimulationParameters;
import io.github.starlane.testdata.SimulationProgress;
import java.nio.file.Path;

/** What the verbs need of the simulator. */
@FunctionalInterface
interface Simulator {

  /**
   * Simulates a visit into a folder.
   *
   * @throws java.io.UncheckedIOException if a file cannot be written
   */
  SimulatedVisit run(
      SimulationParameters parameters, Path folder, int threads, SimulationProgress progress);
}
