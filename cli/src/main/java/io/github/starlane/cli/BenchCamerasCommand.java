package io.github.starlane.cli;

import io.github.starlane.benchmarks.suite.CameraRun;
import io.github.starlane.core.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
    name = "cameras",
    description = {
      "Measure whole visits of several cameras that are reduced side by side, as on a telescope's"
          + " node: every camera has a pipeline of its own and its share of the threads."
    },
    footer = {
      "",
      "Examples:",
      "  starlane bench cameras",
      "      1, 2 and 4 cameras with small simulated visits.",
      "  starlane bench cameras 1 2 4 --visit last -o bench",
      "      Visits in full size, about 5 GB for each camera."
    })
final class BenchCamerasCommand extends Verb {

  private static final int MOST = 64;
  private static final String ROW = "%8s %10s %10s %10s %18s";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "N",
      description = "How many cameras, one run for each number; 1 2 4 if none is given.")
  private List<Integer> cameras = List.of(1, 2, 4);

  @Option(
      names = "--visit",
      paramLabel = "NAME",
      defaultValue = "demo",
      description = "Simulated visit of a camera: tiny, demo (the default) or last (full size).")
  private SimulateCommand.Preset visit;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "starlane-bench",
      description = "Folder for the visits and their products; starlane-bench if not given.")
  private Path out;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "What the kernels run on: auto (the default), simd, scalar or cuda.")
  private String backend;

  @Option(
      names = {"-j", "--threads"},
      paramLabel = "N",
      converter = ThreadCount.class,
      description = "Worker threads of all cameras together; 0, the default, takes all processors.")
  private int threads;

  BenchCamerasCommand(Services services) {
    super(services);
  }

  @Override
  int run(Events events) {
    refuseWordsBefore();
    if (cameras.stream().anyMatch(n -> n < 1 || n > MOST)) {
      throw new ParameterException(
          spec.commandLine(), "The number of cameras must lie between 1 and " + MOST);
    }
    VectorModule.load();
    int workers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    CameraBench bench = new CameraBench(services(), visit, out, backend, workers);
    bench.warmUp(events);
    bench.simulate(cameras.stream().max(Integer::compare).orElseThrow(), events);
    events.line(
        String.format(
            Locale.ROOT, ROW, "cameras", "seconds", "Mpix/s", "scaling", "visits in 400 s"));
    CameraRun first = null;
    for (int n : cameras) {
      CameraRun run = bench.reduce(n, first, events);
      first = first == null ? run : first;
      tell(run, events);
    }
    return ExitCode.OK.number();
  }

  /** What stands between "bench" and "cameras" belongs to the kernels and would be passed over. */
  private void refuseWordsBefore() {
    ParseResult kernels = spec.commandLine().getParent().getParseResult();
    List<String> words = new ArrayList<>();
    kernels.matchedOptions().forEach(option -> words.add(option.longestName()));
    kernels.matchedPositionals().forEach(kernel -> words.addAll(kernel.stringValues()));
    if (!words.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Of 'bench' and not of 'cameras': "
              + String.join(" ", words)
              + "; put what is meant for the cameras behind the word 'cameras'");
    }
  }

  private static void tell(CameraRun run, Events events) {
    events.line(
        String.format(
            Locale.ROOT,
            ROW,
            run.cameras(),
            tenths(run.seconds()),
            tenths(run.megapixelsPerSecond()),
            String.format(Locale.ROOT, "%.2f", run.scaling()),
            tenths(run.visitsInCadence())));
    events.data(
        "cameras",
        JsonEvents.fields(
            "cameras", run.cameras(),
            "seconds", run.seconds(),
            "megapixelsPerSecond", run.megapixelsPerSecond(),
            "scaling", run.scaling(),
            "visitsInCadence", run.visitsInCadence()));
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
