package io.github.starlane.cli;

import io.github.starlane.benchmarks.Frame;
import io.github.starlane.benchmarks.suite.KernelSpeed;
import io.github.starlane.benchmarks.suite.KernelSuite;
import io.github.starlane.core.ExitCode;
import io.github.starlane.core.pipeline.BackendChoice;
import io.github.starlane.kernels.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = {
      "Measure how fast the kernels are here.",
      "Ratios are to a copy of a float32 plane in memory and to the scalar backend, both on one"
          + " thread and in the same run."
    },
    footer = {
      "",
      "Examples:",
      "  starlane bench",
      "      All kernels on a crop of 1716 x 1716, some minutes.",
      "  starlane bench combine resample.mapping --frame full",
      "      Some of them, on frames of 9576 x 6388.",
      "  starlane bench --check",
      "      Compare with the ratios that come with the program; exit code 5 and the name of the",
      "      kernel if one fell by more than 25 %%.",
      "  starlane bench --save mine.json",
      "  starlane bench --check --baseline mine.json",
      "      The same with ratios of your own machine.",
      "  starlane bench cameras 1 2 4",
      "      Whole visits of several cameras instead of kernels."
    })
final class BenchCommand extends Verb {

  private static final String STEP = "bench";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "KERNEL",
      description = "Kernels, as combine or combine.median; all if none is given.")
  private List<String> wanted = List.of();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "What is measured: auto (the best that is usable, the default), simd, scalar or cuda.")
  private String backendName;

  @Option(
      names = "--frame",
      paramLabel = "NAME",
      defaultValue = "crop",
      description = "Size of the planes: crop (1716 x 1716, the default) or full (9576 x 6388).")
  private String frameName;

  @Option(
      names = {"-j", "--threads"},
      paramLabel = "N",
      converter = ThreadCount.class,
      description = "How many threads all threads are; 0, the default, takes all processors.")
  private int threads;

  @Option(
      names = "--check",
      description = "Compare with a baseline; exit code 5 if a ratio fell by more than 25 %%.")
  private boolean check;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "What --check compares with: a file made with --save; the built-in one if not given.")
  private Path baseline;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Write the ratios into a baseline; those it has of other machines stay. With --check only"
              + " if that passes.")
  private Path save;

  @Option(
      names = "--quick",
      description = "A tenth of the time, and numbers too rough for --check and --save.")
  private boolean quick;

  @Option(names = "--list", description = "Only print the kernels' names.")
  private boolean list;

  BenchCommand(Services services) {
    super(services);
  }

  @Override
  int run(Events events) {
    refuseWhatDoesNotFit();
    VectorModule.load();
    Frame frame = frame();
    try (Backend backend = BackendChoice.open(backendName).backend()) {
      KernelSuite suite =
          new KernelSuite(
              backend.name(),
              frame,
              workers(),
              quick ? KernelSuite.Effort.QUICK : KernelSuite.Effort.USUAL);
      List<String> kernels = kernels(suite);
      if (list) {
        kernels.forEach(events::line);
        result("kernels", kernels);
        return ExitCode.OK.number();
      }
      BenchBaseline guard = guard(backend, frame, kernels);
      BenchTable table = new BenchTable(events, frame, workers());
      table.head(suite, backend);
      List<KernelSpeed> speeds = measure(suite, kernels, table, events);
      return guard.conclude(speeds, suspects -> again(suite, suspects, events), events).number();
    }
  }

  // ------------------------------------------------------------------------------------- Arguments

  private void refuseWhatDoesNotFit() {
    if (baseline != null && !check) {
      throw new ParameterException(
          spec.commandLine(), "--baseline FILE is what --check compares with; give --check too");
    }
    if (quick && (check || save != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--quick is too rough to compare or to keep; leave it out with --check and --save");
    }
  }

  private int workers() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  private Frame frame() {
    for (Frame frame : Frame.values()) {
      if (frame.name().equalsIgnoreCase(frameName)) {
        return frame;
      }
    }
    throw new ParameterException(
        spec.commandLine(), "--frame is crop or full, not '" + frameName + "'");
  }

  private List<String> kernels(KernelSuite suite) {
    List<String> all = suite.kernels();
    for (String one : wanted) {
      if (all.stream().noneMatch(name -> isMeant(name, one))) {
        throw new ParameterException(
            spec.commandLine(),
            "There is no kernel '"
                + one
                + "'; the nearest is '"
                + Spelling.nearest(one, all)
                + "'");
      }
    }
    return all.stream()
        .filter(name -> wanted.isEmpty() || wanted.stream().anyMatch(one -> isMeant(name, one)))
        .toList();
  }

  private static boolean isMeant(String name, String given) {
    return name.equalsIgnoreCase(given)
        || name.toLowerCase(Locale.ROOT).startsWith(given.toLowerCase(Locale.ROOT) + ".");
  }

  private BenchBaseline guard(Backend backend, Frame frame, List<String> kernels) {
    BenchBaseline guard = new BenchBaseline(backend.description(), frame);
    if (check) {
      guard.comparing(baseline, kernels);
    }
    if (save != null) {
      guard.savingInto(save);
    }
    return guard;
  }

  // --------------------------------------------------------------------------------------- Kernels

  private static List<KernelSpeed> measure(
      KernelSuite suite, List<String> kernels, BenchTable table, Events events) {
    events.begin(STEP, kernels.size());
    List<KernelSpeed> speeds =
        suite.run(
            kernels,
            measured -> {
              measured.forEach(table::row);
              events.advance(STEP, 1);
            });
    events.end(STEP);
    return speeds;
  }

  private static List<KernelSpeed> again(KernelSuite suite, List<String> suspects, Events events) {
    events.note("info", "measured again: " + String.join(", ", suspects));
    return suite.run(suspects, ignored -> {});
  }
}
