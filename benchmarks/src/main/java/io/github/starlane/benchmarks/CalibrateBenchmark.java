package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.calibrate.CalibrateParameters;
import io.github.starlane.kernels.calibrate.CalibrationFrames;
import io.github.starlane.kernels.calibrate.Pedestal;
import io.github.starlane.kernels.calibrate.RawPixels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;

/** Raw 16-bit samples to electrons. */
public class CalibrateBenchmark extends KernelBenchmark {

  private final CalibrateParameters parameters =
      new CalibrateParameters(0.9, 3.5, 0, 1, 60_000, 50_000, 1, 2, 4, 8, null);
  private RawPixels raw;
  private CalibrationFrames frames;
  private Plane image;
  private Plane variance;
  private MaskPlane mask;

  @Override
  protected void prepareKernel() {
    raw = raw();
    frames =
        new CalibrationFrames(Pedestal.NONE, null, constant(100), constant(1.02), sparseMask(2));
    image = empty();
    variance = empty();
    mask = emptyMask();
  }

  private RawPixels raw() {
    MemorySegment segment = Arena.ofAuto().allocate(2L * size);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < size; i++) {
      short sample = (short) (1000 + random.nextInt(200) - 32768);
      segment.setAtIndex(ValueLayout.JAVA_SHORT, i, Short.reverseBytes(sample));
    }
    return new RawPixels(
        segment, 0, width, width, height, RawPixels.SampleFormat.INT16, 1, 32768, null);
  }

  /** (raw − dark) · inverse flat. */
  @Benchmark
  public Plane plain() {
    CalibrationFrames some =
        new CalibrationFrames(Pedestal.NONE, null, frames.dark(), frames.inverseFlat(), null);
    kernels.calibrate().calibrate(raw, some, parameters, image, null, null);
    return image;
  }

  /** Dark, flat and mask in; image, variance and mask out. */
  @Benchmark
  public Plane everything() {
    kernels.calibrate().calibrate(raw, frames, parameters, image, variance, mask);
    return image;
  }
}
