package io.github.starlane.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The yardstick: float32 planes copied in memory. All threads together copy more than a cache holds
 * before they come back to the same pixels.
 */
public class CopyBenchmark extends FrameBenchmark {

  /** Pixels. */
  private static final long FAR_MORE_THAN_A_CACHE = 1L << 26;

  /** Fewer would be one plane that stays in a cache. */
  private static final int FEWEST = 2;

  private static final int SHARE_OF_THE_HEAP = 4;

  private float[][] sources;
  private float[][] targets;
  private int next;

  @Override
  protected void prepare() {
    int planes = planes(size, threads, Runtime.getRuntime().maxMemory());
    sources = new float[planes][size];
    targets = new float[planes][size];
    for (float[] source : sources) {
      // Fresh pages are all the same page of zeros until they are written.
      Arrays.fill(source, 1);
    }
  }

  /**
   * Planes that each thread copies from, and as many to: all threads together take about half a
   * gigabyte, but no more than a quarter of the heap unless there are two planes at least.
   *
   * @param size of a plane [pixel]
   * @param heap largest size of the heap [byte]
   */
  static int planes(int size, int threads, long heap) {
    long most = heap / SHARE_OF_THE_HEAP / (2 * Float.BYTES);
    long pixels = Math.min(FAR_MORE_THAN_A_CACHE, most);
    return (int) Math.max(FEWEST, Math.ceilDiv(pixels, (long) size * threads));
  }

  /** Copies one plane. */
  @Benchmark
  public float[] copy() {
    next = (next + 1) % sources.length;
    System.arraycopy(sources[next], 0, targets[next], 0, size);
    return targets[next];
  }
}
