package io.github.starlane.benchmarks.suite;

import io.github.starlane.benchmarks.Frame;
import io.github.starlane.benchmarks.FrameBenchmark;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs single benchmarks through JMH inside this JVM, quietly, and gives pixel rates back. */
final class JmhRunner {

  private static final String PACKAGE = FrameBenchmark.class.getPackageName() + ".";
  private static final String SUFFIX = "Benchmark.";
  static final String COPY = PACKAGE + "Copy" + SUFFIX + "copy";

  /**
   * How long is measured.
   *
   * @param warmups rounds before measuring
   * @param rounds rounds that count
   * @param milliseconds length of a round
   */
  record Effort(int warmups, int rounds, int milliseconds) {}

  /** Names of all kernels' benchmarks, in alphabetical order. */
  Set<String> benchmarks() {
    Set<String> names = new TreeSet<>();
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(silence(), List.of())) {
      if (!entry.getUsername().equals(COPY)) {
        names.add(entry.getUsername());
      }
    }
    return names;
  }

  /** The name for people: {@code …CombineBenchmark.median} is {@code combine.median}. */
  static String label(String benchmark) {
    String name = benchmark.substring(PACKAGE.length());
    int room = name.indexOf(SUFFIX);
    return name.substring(0, room).toLowerCase(Locale.ROOT)
        + "."
        + name.substring(room + SUFFIX.length());
  }

  /**
   * Median pixel rate [Mpix/s] of a benchmark, all threads together, one entry for each setting of
   * its own parameters; labels of such settings end in their values.
   *
   * @throws IllegalStateException if the benchmark fails
   */
  Map<String, Double> rates(
      String benchmark, String backend, Frame frame, int threads, Effort effort) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark) + "$")
            .forks(0)
            .threads(threads)
            .warmupIterations(effort.warmups)
            .warmupTime(TimeValue.milliseconds(effort.milliseconds))
            .measurementIterations(effort.rounds)
            .measurementTime(TimeValue.milliseconds(effort.milliseconds))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .param("frame", frame.name());
    if (!benchmark.equals(COPY)) {
      options.param("backend", backend);
    }
    try {
      Map<String, Double> rates = new LinkedHashMap<>();
      for (RunResult result : new Runner(options.build(), silence()).run()) {
        double milliseconds = result.getPrimaryResult().getStatistics().getPercentile(50);
        rates.put(
            label(benchmark) + settings(result.getParams()),
            frame.pixels(threads) / milliseconds * 1e-3);
      }
      return rates;
    } catch (RunnerException e) {
      throw new IllegalStateException(label(benchmark) + " cannot be measured", e);
    }
  }

  private static String settings(BenchmarkParams parameters) {
    StringBuilder settings = new StringBuilder();
    Map<String, String> sorted = new TreeMap<>();
    for (String key : parameters.getParamsKeys()) {
      sorted.put(key, parameters.getParam(key));
    }
    sorted.keySet().removeAll(Set.of("backend", "frame"));
    sorted.values().forEach(value -> settings.append(' ').append(value));
    return settings.toString();
  }

  private static OutputFormat silence() {
    return OutputFormatFactory.createFormatInstance(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        VerboseMode.SILENT);
  }
}
