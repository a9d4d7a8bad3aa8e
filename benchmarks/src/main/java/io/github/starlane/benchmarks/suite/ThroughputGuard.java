package io.github.starlane.benchmarks.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
   * What became of a comparison.
   *
   * @param best what was measured, of suspects the best
   * @param compared how many of them the baseline knows
   * @param regressions what has become slower
   */
  public record Verdict(
      List<KernelSpeed> best, int compared, List<Baseline.Regression> regressions) {}

  /**
   * Compares, after each suspect was measured up to twice more and the best counted.
   *
   * @param speeds what was measured
   * @param again measures kernels of these names again
   */
  public Verdict verdict(
      List<KernelSpeed> speeds, Function<List<String>, List<KernelSpeed>> again) {
    List<KernelSpeed> best = new ArrayList<>(speeds);
    List<Baseline.Regression> regressions = baseline.regressions(machine, frame, best);
    for (int repeat = 0; repeat < REPEATS && !regressions.isEmpty(); repeat++) {
      List<String> suspects =
          regressions.stream()
              .map(r -> KernelSuite.withoutSettings(r.kernel()))
              .distinct()
              .toList();
      for (KernelSpeed repeated : again.apply(suspects)) {
        best.replaceAll(
            speed -> speed.kernel().equals(repeated.kernel()) ? speed.best(repeated) : speed);
      }
      regressions = baseline.regressions(machine, frame, best);
    }
    Set<String> known = baseline.kernels(machine, frame);
    long compared = best.stream().filter(speed -> known.contains(speed.kernel())).count();
    return new Verdict(best, (int) compared, regressions);
  }
}
