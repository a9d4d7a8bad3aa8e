package io.github.starlane.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The yardstick: float32 planes copied in memory. One thread copies more than a cache holds before
 * it comes back to the same pixels.
 */
public class CopyBenchmark extends FrameBenchmark {

  private static final long FAR_MORE_THAN_A_CACHE = 1L << 26;

  private float[][] sources;
  private float[][] targets;
  private int next;

  @Override
  protected void prepare() {
    int planes = (int) Math.ceilDiv(FAR_MORE_THAN_A_CACHE, size);
    sources = new float[planes][size];
    targets = new float[planes][size];
    for (float[] source : sources) {
      // Fresh pages are all the same page of zeros until they are written.
      Arrays.fill(source, 1);
    }
  }

  /** Copies one plane. */
  @Benchmark
  public float[] copy() {
    next = (next + 1) % sources.length;
    System.arraycopy(sources[next], 0, targets[next], 0, size);
    return targets[next];
  }
}
