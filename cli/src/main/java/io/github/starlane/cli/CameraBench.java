package io.github.starlane.cli;

import io.github.starlane.benchmarks.suite.CameraRun;
import io.github.starlane.benchmarks.suite.CameraSuite;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.SimulationParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Simulates one visit for each camera and reduces them side by side. */
final class CameraBench {

  private final Services services;
  private final SimulateCommand.Preset preset;
  private final Path folder;
  private final String backend;
  private final int threads;
  private final List<SimulatedVisit> visits = new ArrayList<>();

  CameraBench(
      Services services, SimulateCommand.Preset preset, Path folder, String backend, int threads) {
    this.services = services;
    this.preset = preset;
    this.folder = folder;
    this.backend = backend;
    this.threads = threads;
  }

  /** Reduces a tiny visit, so that the first run that counts finds its code compiled. */
  void warmUp(Events events) {
    SimulatedVisit tiny =
        SimulationSteps.run(
            services.simulator(),
            SimulateCommand.Preset.tiny.parameters(),
            folder.resolve("warm-up-visit"),
            threads,
            events);
    events.begin("warm-up", 1);
    new CameraSuite(List.of(tiny), folder.resolve("warm-up"), backend, threads, List.of())
        .run(1, null);
    events.advance("warm-up", 1);
    events.end("warm-up");
  }

  void simulate(int cameras, Events events) {
    for (int camera = 0; camera < cameras; camera++) {
      SimulationParameters parameters = CameraSuite.ofCamera(preset.parameters(), camera);
      Path to = folder.resolve(preset + "-visits").resolve("camera-" + (camera + 1));
      visits.add(SimulationSteps.run(services.simulator(), parameters, to, threads, events));
    }
  }

  CameraRun reduce(int cameras, CameraRun first, Events events) {
    String step = cameras == 1 ? "1 camera" : cameras + " cameras";
    List<String> settings =
        preset == SimulateCommand.Preset.demo ? List.of(DemoCommand.SMALL_CROPS) : List.of();
    events.begin(step, cameras);
    CameraRun run =
        new CameraSuite(visits, folder.resolve("products"), backend, threads, settings)
            .run(cameras, first);
    events.advance(step, cameras);
    events.end(step);
    return run;
  }
}
