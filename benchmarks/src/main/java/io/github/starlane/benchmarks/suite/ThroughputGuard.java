package io.github.starlane.benchmarks.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Compares measurements with a baseline, and measures again what seems slower: a busy machine can
 * make any kernel slow once.
 */
public final class ThroughputGuard {

  private static final int REPEATS = 2;

  private final Baseline baseline;
  private final String machine;
  private final String frame;

  /** A guard with the baseline of a machine and a frame. */
  public ThroughputGuard(Baseline baseline, String machine, String frame) {
    this.baseline = baseline;
    this.machine = machine;
    this.frame = frame;
  }

  /**
   * What has become slower, after each suspect was measured up to twice more and the best counted.
   *
   * @param speeds what was measured
   * @param again measures kernels of these names again
   */
  public List<Baseline.Regression> regressions(
      List<KernelSpeed> speeds, Function<List<String>, List<KernelSpeed>> again) {
    List<KernelSpeed> best = new ArrayList<>(speeds);
    List<Baseline.Regression> regressions = baseline.regressions(machine, frame, best);
    for (int repeat = 0; repeat < REPEATS && !regressions.isEmpty(); repeat++) {
      List<String> suspects =
          regressions.stream().map(r -> withoutSettings(r.kernel())).distinct().toList();
      for (KernelSpeed repeated : again.apply(suspects)) {
        best.replaceAll(
            speed -> speed.kernel().equals(repeated.kernel()) ? speed.best(repeated) : speed);
      }
      regressions = baseline.regressions(machine, frame, best);
    }
    return regressions;
  }

  /** {@code matchedfilter.signalToNoise 9} is measured as {@code matchedfilter.signalToNoise}. */
  private static String withoutSettings(String kernel) {
    int space = kernel.indexOf(' ');
    return space < 0 ? kernel : kernel.substring(0, space);
  }
}
