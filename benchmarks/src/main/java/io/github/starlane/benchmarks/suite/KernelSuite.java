package io.github.starlane.benchmarks.suite;

import io.github.starlane.benchmarks.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures the kernels in short form, all in this JVM: each on one thread, on all threads, and on
 * the scalar backend, beside copies of the same planes.
 */
public final class KernelSuite {

  /** How much time is spent on each measurement. */
  public enum Effort {
    USUAL,
    /** A tenth of the time; numbers are rough, and kernels may not be compiled in full. */
    QUICK;

    JmhRunner.Effort ofKernel() {
      return this == USUAL ? new JmhRunner.Effort(4, 5, 150) : new JmhRunner.Effort(1, 3, 30);
    }

    /** Scalar kernels may take seconds: JMH makes at least one call in a round. */
    JmhRunner.Effort ofScalar() {
      return this == USUAL ? new JmhRunner.Effort(1, 2, 200) : new JmhRunner.Effort(1, 1, 30);
    }
  }

  /** Hears of each benchmark that is finished. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A benchmark is finished.
     *
     * @param speeds one for each setting of its parameters
     */
    void measured(List<KernelSpeed> speeds);
  }

  private final JmhRunner runner = new JmhRunner();
  private final String backend;
  private final Frame frame;
  private final int threads;
  private final Effort effort;

  /**
   * A suite.
   *
   * @param backend what is measured
   * @param frame size of the planes; the scalar backend always gets a crop
   * @param threads how many all threads are; 1 leaves the scaling out
   * @param effort time spent
   */
  public KernelSuite(String backend, Frame frame, int threads, Effort effort) {
    this.backend = backend;
    this.frame = frame;
    this.threads = threads;
    this.effort = effort;
  }

  /** Names of all kernels' benchmarks, without their parameters, in alphabetical order. */
  public List<String> kernels() {
    return runner.benchmarks().stream().map(JmhRunner::label).toList();
  }

  /** {@code matchedfilter.signalToNoise 9} is measured as {@code matchedfilter.signalToNoise}. */
  public static String withoutSettings(String kernel) {
    int space = kernel.indexOf(' ');
    return space < 0 ? kernel : kernel.substring(0, space);
  }

  /**
   * Megabytes per second that so many threads copy, bytes read and bytes written counted once each.
   */
  public double copyMegabytesPerSecond(int copyingThreads) {
    return 2 * Float.BYTES * copyRate(copyingThreads);
  }

  /** Measures the kernels of these names, in alphabetical order whatever the list's. */
  public List<KernelSpeed> run(List<String> kernels, Listener listener) {
    List<KernelSpeed> all = new ArrayList<>();
    for (String benchmark : runner.benchmarks()) {
      if (kernels.contains(JmhRunner.label(benchmark))) {
        List<KernelSpeed> speeds = measure(benchmark);
        all.addAll(speeds);
        listener.measured(speeds);
      }
    }
    return all;
  }

  private List<KernelSpeed> measure(String benchmark) {
    double copy = copyRate(1);
    Map<String, Double> alone = runner.rates(benchmark, backend, frame, 1, effort.ofKernel());
    Map<String, Double> together =
        threads > 1
            ? runner.rates(benchmark, backend, frame, threads, effort.ofKernel())
            : Map.of();
    Map<String, Double> scalar =
        backend.equals("scalar")
            ? Map.of()
            : runner.rates(benchmark, "scalar", Frame.CROP, 1, effort.ofScalar());
    List<KernelSpeed> speeds = new ArrayList<>();
    alone.forEach(
        (label, rate) ->
            speeds.add(
                new KernelSpeed(
                    label,
                    rate,
                    rate / copy,
                    rate / scalar.getOrDefault(label, Double.NaN),
                    together.getOrDefault(label, Double.NaN) / rate,
                    threads)));
    return speeds;
  }

  private double copyRate(int copyingThreads) {
    return runner
        .rates(JmhRunner.COPY, backend, frame, copyingThreads, effort.ofKernel())
        .values()
        .iterator()
        .next();
  }
}
