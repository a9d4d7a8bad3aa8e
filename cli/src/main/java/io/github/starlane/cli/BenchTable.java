package io.github.starlane.cli;

import io.github.starlane.benchmarks.Frame;
import io.github.starlane.benchmarks.suite.KernelSpeed;
import io.github.starlane.benchmarks.suite.KernelSuite;
import io.github.starlane.kernels.Backend;
import java.util.Locale;

/** The table of kernels, for people and for programs, row by row as they are measured. */
final class BenchTable {

  private final Events events;
  private final String size;
  private final int threads;

  /**
   * A table.
   *
   * @param threads how many all threads are
   */
  BenchTable(Events events, Frame frame, int threads) {
    this.events = events;
    this.size = frame.name().toLowerCase(Locale.ROOT);
    this.threads = threads;
  }

  /** What is measured, how fast memory is, and the names of the columns. */
  void head(KernelSuite suite, Backend backend) {
    double alone = suite.copyMegabytesPerSecond(1);
    double together = threads > 1 ? suite.copyMegabytesPerSecond(threads) : alone;
    events.line(
        String.format(
            Locale.ROOT,
            "%s; copying memory: %.1f GB/s on 1 thread, %.1f GB/s on %d",
            backend.description(),
            alone * 1e-3,
            together * 1e-3,
            threads));
    events.line("");
    line("kernel", "size", "Mpix/s", "÷ copy", "÷ scalar", threads + " threads");
    events.data(
        "machine",
        JsonEvents.fields(
            "backend", backend.description(),
            "threads", threads,
            "copyMegabytesPerSecond", alone,
            "copyMegabytesPerSecondAllThreads", together));
  }

  /** One kernel. */
  void row(KernelSpeed speed) {
    line(
        speed.kernel(),
        size,
        number(speed.megapixelsPerSecond()),
        number(speed.toCopy()),
        number(speed.toScalar()),
        Double.isFinite(speed.scaling()) ? "× " + number(speed.scaling()) : "–");
    events.data(
        "kernel",
        JsonEvents.fields(
            "kernel", speed.kernel(),
            "size", size,
            "megapixelsPerSecond", jsonNumber(speed.megapixelsPerSecond()),
            "toCopy", jsonNumber(speed.toCopy()),
            "toScalar", jsonNumber(speed.toScalar()),
            "scaling", jsonNumber(speed.scaling()),
            "threads", speed.threads()));
  }

  private void line(Object... columns) {
    events.line(String.format(Locale.ROOT, "%-40s %-5s %9s %8s %9s %10s", columns));
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    return String.format(
        Locale.ROOT,
        value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f",
        value);
  }

  /** JSON has no NaN. */
  private static Double jsonNumber(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
