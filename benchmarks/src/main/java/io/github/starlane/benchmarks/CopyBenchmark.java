package io.github.starlane.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/** The yardstick: crops copied in memory, in turn, so that they do not stay in a cache. */
public class CopyBenchmark extends KernelBenchmark {

  private static final int CROPS = 16;

  private final float[][] sources = new float[CROPS][];
  private final float[][] targets = new float[CROPS][SIZE];
  private int next;

  /** Fills the sources. */
  public CopyBenchmark() {
    for (int k = 0; k < CROPS; k++) {
      sources[k] = noise(k);
    }
  }

  @Benchmark
  public float[] copy() {
    next = (next + 1) % CROPS;
    System.arraycopy(sources[next], 0, targets[next], 0, SIZE);
    return targets[next];
  }
}
