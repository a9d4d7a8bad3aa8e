package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/** What the kernels' benchmarks share: a backend, and planes to feed it with. */
public abstract class KernelBenchmark extends FrameBenchmark {

  /** The mean of the sky [electron]. */
  protected static final double SKY = 300;

  /** Name of the backend. */
  @Param({"simd", "scalar"})
  public String backend;

  /** The backend, ready before {@link #prepareKernel()}. */
  protected Backend kernels;

  @Override
  protected final void prepare() {
    kernels = Backends.select(backend).backend();
    prepareKernel();
  }

  /** Gives the backend's memory back. */
  @TearDown(Level.Trial)
  public final void tearDown() {
    kernels.close();
  }

  /** Makes the kernel's input and output. */
  protected abstract void prepareKernel();

  /** An empty plane. */
  protected Plane empty() {
    return kernels.allocate(width, height);
  }

  /** An empty mask. */
  protected MaskPlane emptyMask() {
    return kernels.allocateMask(width, height);
  }

  /** A plane of one value. */
  protected Plane constant(double value) {
    float[] pixels = new float[size];
    Arrays.fill(pixels, (float) value);
    return kernels.fromHost(pixels, width, height);
  }

  /** A plane of sky with noise. */
  protected Plane noisySky(long seed) {
    return kernels.fromHost(noise(seed), width, height);
  }

  /** A plane of the sky's noise, its level taken off. */
  protected Plane noiseAlone(long seed) {
    float[] pixels = noise(seed);
    for (int i = 0; i < size; i++) {
      pixels[i] -= (float) SKY;
    }
    return kernels.fromHost(pixels, width, height);
  }

  /** Sky with noise. */
  protected float[] noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[size];
    for (int i = 0; i < size; i++) {
      pixels[i] = (float) (SKY + Math.sqrt(SKY) * random.nextGaussian());
    }
    return pixels;
  }

  /** A mask in which one pixel in a thousand has bit 1. */
  protected MaskPlane sparseMask(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] bits = new int[size];
    for (int i = 0; i < size / 1000; i++) {
      bits[random.nextInt(size)] = 1;
    }
    return kernels.fromHost(bits, width, height);
  }
}
