package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the kernels' benchmarks share: one crop of 1716² pixels, one thread, both backends. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx3g"
    })
public abstract class KernelBenchmark {

  /** Edge of a LAST crop. */
  protected static final int EDGE = 1716;

  /** Pixels of a crop. */
  protected static final int SIZE = EDGE * EDGE;

  /** The mean of the sky [electron]. */
  protected static final double SKY = 300;

  protected static final Backend SCALAR = Backends.select("scalar").backend();
  protected static final Backend SIMD = Backends.select("simd").backend();

  /** An empty crop; both backends share planes, for they are arrays to both. */
  protected static Plane empty() {
    return SIMD.allocate(EDGE, EDGE);
  }

  protected static MaskPlane emptyMask() {
    return SIMD.allocateMask(EDGE, EDGE);
  }

  protected static Plane constant(double value) {
    float[] pixels = new float[SIZE];
    Arrays.fill(pixels, (float) value);
    return SIMD.fromHost(pixels, EDGE, EDGE);
  }

  /** Sky with noise. */
  protected static float[] noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      pixels[i] = (float) (SKY + Math.sqrt(SKY) * random.nextGaussian());
    }
    return pixels;
  }

  /** A mask in which one pixel in a thousand has bit 1. */
  protected static MaskPlane sparseMask(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] bits = new int[SIZE];
    for (int i = 0; i < SIZE / 1000; i++) {
      bits[random.nextInt(SIZE)] = 1;
    }
    return SIMD.fromHost(bits, EDGE, EDGE);
  }
}
