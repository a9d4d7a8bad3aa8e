package io.github.starlane.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** What all benchmarks share: the size of a frame, one of it for each thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-XX:MaxRAMPercentage=70"
    })
public abstract class FrameBenchmark {

  /** Size of the frame. */
  @Param({"CROP"})
  public Frame frame;

  /** Columns of this thread's frame. */
  protected int width;

  /** Rows of this thread's frame. */
  protected int height;

  /** Pixels of this thread's frame. */
  protected int size;

  /** How many threads have a frame each. */
  protected int threads;

  /** Sets the size, then makes the frames. */
  @Setup(Level.Trial)
  public final void setUp(BenchmarkParams params) {
    width = frame.width();
    threads = params.getThreads();
    height = frame.rows(threads);
    size = Math.multiplyExact(width, height);
    prepare();
  }

  /** Makes what is measured on. */
  protected abstract void prepare();
}
