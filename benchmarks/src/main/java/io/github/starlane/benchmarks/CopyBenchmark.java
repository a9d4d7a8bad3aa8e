package io.github.starlane.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/** The yardstick: one crop copied in memory. */
public class CopyBenchmark extends KernelBenchmark {

  private final float[] source = noise(1);
  private final float[] target = new float[SIZE];

  @Benchmark
  public float[] copy() {
    System.arraycopy(source, 0, target, 0, SIZE);
    return target;
  }
}
