package io.github.starlane.cli;

import io.github.starlane.benchmarks.Frame;
import io.github.starlane.benchmarks.suite.Baseline;
import io.github.starlane.benchmarks.suite.KernelSpeed;
import io.github.starlane.benchmarks.suite.KernelSuite;
import io.github.starlane.benchmarks.suite.ThroughputGuard;
import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.pipeline.BackendChoice;
import io.github.starlane.kernels.Backend;
import java.io.IOException;
import java.nio.file.Files;
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
      "      kernel if one fell by more than 25 %.",
      "  starlane bench --save mine.json",
      "  starlane bench --check mine.json",
      "      The same with ratios of your own machine.",
      "  starlane bench cameras 1 2 4",
      "      Whole visits of several cameras instead of kernels."
    })
final class BenchCommand extends Verb {

  private static final String STEP = "bench";
  private static final String BUILT_IN = "built-in";

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
      description = "How many threads all threads are; 0, the default, takes all processors.")
  private int threads;

  @Option(
      names = "--check",
      arity = "0..1",
      fallbackValue = BUILT_IN,
      paramLabel = "FILE",
      description = "Compare with a baseline: the built-in one, or one made with --save.")
  private String check;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write the ratios into a baseline; those it has of other machines stay.")
  private Path save;

  @Option(names = "--quick", description = "A tenth of the time, and rough numbers.")
  private boolean quick;

  @Option(names = "--list", description = "Only print the kernels' names.")
  private boolean list;

  BenchCommand(Services services) {
    super(services);
  }

  @Override
  int run(Events events) {
    VectorModule.load();
    Frame frame = frame();
    Backend backend = BackendChoice.open(backendName).backend();
    KernelSuite suite =
        new KernelSuite(
            backend.name(),
            frame,
            workers(),
            quick ? KernelSuite.Effort.QUICK : KernelSuite.Effort.USUAL);
    List<String> kernels = kernels(suite);
    if (list) {
      kernels.forEach(events::line);
      events.data("end", JsonEvents.fields("exitCode", 0, "kernels", kernels));
      return ExitCode.OK.number();
    }
    Baseline baseline = check == null ? null : baseline(backend, frame);
    BenchTable table = new BenchTable(events, frame, workers());
    table.head(suite, backend);
    List<KernelSpeed> speeds = measure(suite, kernels, table, events);
    if (save != null) {
      save(backend, frame, speeds, events);
    }
    return baseline == null
        ? ExitCode.OK.number()
        : guard(
            new ThroughputGuard(baseline, backend.description(), frame.name()),
            suite,
            speeds,
            events);
  }

  // ------------------------------------------------------------------------------------- Arguments

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
    List<String> all = suite.kernels(name -> true);
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

  private Baseline baseline(Backend backend, Frame frame) {
    Baseline baseline = check.equals(BUILT_IN) ? Baseline.builtIn() : read(Path.of(check));
    if (!baseline.knows(backend.description(), frame.name())) {
      throw new StarlaneException(
          ExitCode.USAGE,
          "cannot compare with the baseline",
          check,
          "it has no "
              + frame.name().toLowerCase(Locale.ROOT)
              + " of "
              + backend.description()
              + ", only of: "
              + String.join("; ", baseline.machines()),
          "make one of this machine with --save FILE and give it as --check FILE");
    }
    return baseline;
  }

  private static Baseline read(Path file) {
    try {
      return Baseline.read(file);
    } catch (IOException e) {
      throw new StarlaneException(
          ExitCode.UNREADABLE_INPUT,
          "cannot read the baseline",
          file.toString(),
          String.valueOf(e.getMessage()),
          "give a file that was made with --save",
          e);
    }
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

  private void save(Backend backend, Frame frame, List<KernelSpeed> speeds, Events events) {
    try {
      Baseline before = Files.exists(save) ? Baseline.read(save) : Baseline.empty();
      before.with(backend.description(), frame.name(), speeds).write(save);
    } catch (IOException e) {
      throw new StarlaneException(
          ExitCode.RESOURCE,
          "cannot write the baseline",
          save.toString(),
          String.valueOf(e.getMessage()),
          "name another file with --save",
          e);
    }
    events.note("product", "baseline: " + save);
  }

  private static int guard(
      ThroughputGuard guard, KernelSuite suite, List<KernelSpeed> speeds, Events events) {
    List<Baseline.Regression> regressions =
        guard.regressions(
            speeds,
            suspects -> {
              events.note("info", "measured again: " + String.join(", ", suspects));
              return suite.run(suspects, ignored -> {});
            });
    for (Baseline.Regression regression : regressions) {
      events.note("error", regression.toString());
    }
    events.line(
        regressions.isEmpty()
            ? "\nNo ratio is more than 25 % below the baseline."
            : "\n" + regressions.size() + " ratios are more than 25 % below the baseline.");
    return regressions.isEmpty() ? ExitCode.OK.number() : ExitCode.QUALITY_GATE.number();
  }
}
