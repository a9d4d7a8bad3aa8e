package io.github.starlane.kernels;

import io.github.starlane.kernels.calibrate.CalibrateParameters;
import io.github.starlane.kernels.calibrate.CalibrationFrames;
import io.github.starlane.kernels.calibrate.Linearity;
import io.github.starlane.kernels.calibrate.LinearityPolynomial;
import io.github.starlane.kernels.calibrate.LinearityTable;
import io.github.starlane.kernels.calibrate.Pedestal;
import io.github.starlane.kernels.calibrate.RawPixels;
import io.github.starlane.kernels.calibrate.RawPixels.SampleFormat;
import io.github.starlane.kernels.combine.CombineOutput;
import io.github.starlane.kernels.combine.CombineParameters;
import io.github.starlane.kernels.combine.CombineParameters.Method;
import io.github.starlane.kernels.combine.CombineParameters.Rejection;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Digests of what becomes of raw samples and of stacks of images. */
final class StackDigests {

  private static final int BAD = 2;
  private static final int WIDTH = 61;
  private static final int HEIGHT = 43;
  private static final int SIZE = WIDTH * HEIGHT;

  private final Backend backend;
  private final float[] image =
      Planes.sprinkle(4, KernelDigests.noise(1, SIZE, 200, 40), 0.004, Float.NaN);
  private final float[] gapless = KernelDigests.noise(12, SIZE, 200, 40);
  private final float[] variance = KernelDigests.noise(2, SIZE, 200, 20);
  private final int[] mask = Planes.bits(3, SIZE, 0.01, 1, BAD);

  StackDigests(Backend backend) {
    this.backend = backend;
  }

  void addTo(Map<String, Supplier<Digest>> all) {
    Linearity polynomial = new LinearityPolynomial(new double[] {0.5, 1.01, 2e-7});
    Linearity table =
        new LinearityTable(
            new double[] {0, 1000, 30_000, 50_000}, new double[] {0, 1001, 30_500, 53_000});
    all.put("calibrate", () -> calibrate(SampleFormat.INT16, 1, null));
    all.put("calibrate-polynomial", () -> calibrate(SampleFormat.INT16, 0.5, polynomial));
    all.put("calibrate-32-bit", () -> calibrate(SampleFormat.INT32, 1e-5, table));
    all.put("calibrate-float", () -> calibrate(SampleFormat.FLOAT32, 1, null));
    all.put("calibrate-image", this::calibrateImage);
    for (Method method : Method.values()) {
      for (Rejection rejection : Rejection.values()) {
        all.put("combine-" + method + "-" + rejection, () -> combine(method, rejection, 5));
        // Without variances, and to the value alone, there are shorter ways to the mean.
        if (method == Method.MEAN && rejection != Rejection.NOISE_MODEL) {
          String name = "combine-plain-" + rejection;
          all.put(name, () -> combinePlain(method, rejection, 7));
        }
      }
    }
    all.put("combine-20", () -> combinePlain(Method.MEDIAN, Rejection.NONE, 20));
    all.put("combine-41", () -> combinePlain(Method.MEDIAN, Rejection.NONE, 41));
  }

  private Digest calibrate(SampleFormat format, double bscale, Linearity linearity) {
    CalibrationFrames frames =
        new CalibrationFrames(
            new Pedestal(
                3,
                KernelDigests.noise(9, HEIGHT, 300, 2),
                linearity == null ? null : KernelDigests.noise(13, WIDTH, 20, 2)),
            plane(KernelDigests.noise(5, SIZE, 100, 3)),
            plane(KernelDigests.noise(6, SIZE, 20, 5)),
            plane(
                Planes.sprinkle(
                    7, KernelDigests.noise(8, SIZE, 1, 0.05), 0.02, Float.POSITIVE_INFINITY)),
            backend.fromHost(mask.clone(), WIDTH, HEIGHT));
    CalibrateParameters parameters =
        new CalibrateParameters(0.9, 3.5, 2, 0.5, 60_000, 50_000, 1, 2, 4, 8, linearity);
    Plane out = backend.allocate(WIDTH, HEIGHT);
    Plane outVariance = backend.allocate(WIDTH, HEIGHT);
    MaskPlane outMask = backend.allocateMask(WIDTH, HEIGHT);
    RawPixels raw = raw(format, bscale);
    backend.calibrate().calibrate(raw, frames, parameters, out, outVariance, outMask);
    return new Digest()
        .add(backend.toHost(out))
        .add(backend.toHost(outVariance))
        .add(backend.toHost(outMask));
  }

  private Digest calibrateImage() {
    CalibrationFrames frames =
        new CalibrationFrames(
            Pedestal.of(3), null, plane(gapless.clone()), plane(variance.clone()), null);
    Plane out = backend.allocate(WIDTH, HEIGHT);
    CalibrateParameters parameters = CalibrateParameters.scaling(0.9, 0.5);
    RawPixels raw = raw(SampleFormat.INT16, 1);
    backend.calibrate().calibrate(raw, frames, parameters, out, null, null);
    return new Digest().add(backend.toHost(out));
  }

  /** The same noise, shifted: cheaper to make than new noise. */
  private List<Plane> images(float[] noise, int n) {
    List<Plane> images = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      float[] rolled = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        rolled[i] = noise[(i + 7 * k) % SIZE];
      }
      images.add(plane(rolled));
    }
    return images;
  }

  private Digest combine(Method method, Rejection rejection, int n) {
    List<Plane> images = images(image, n);
    List<Plane> variances = new ArrayList<>();
    List<MaskPlane> masks = new ArrayList<>();
    double[] weights = new double[n];
    for (int k = 0; k < n; k++) {
      int[] rolledMask = new int[SIZE];
      for (int i = 0; i < SIZE; i++) {
        rolledMask[i] = mask[(i + 11 * k) % SIZE];
      }
      variances.add(plane(variance.clone()));
      masks.add(backend.fromHost(rolledMask, WIDTH, HEIGHT));
      weights[k] = 1 + 0.1 * k;
    }
    CombineOutput out =
        new CombineOutput(
            backend.allocate(WIDTH, HEIGHT),
            backend.allocate(WIDTH, HEIGHT),
            backend.allocate(WIDTH, HEIGHT),
            backend.allocate(WIDTH, HEIGHT),
            backend.allocateMask(WIDTH, HEIGHT));
    backend
        .combine()
        .combine(images, variances, masks, weights, parameters(method, rejection), out);
    return new Digest()
        .add(backend.toHost(out.value()))
        .add(backend.toHost(out.variance()))
        .add(backend.toHost(out.count()))
        .add(backend.toHost(out.rejected()))
        .add(backend.toHost(out.mask()));
  }

  private Digest combinePlain(Method method, Rejection rejection, int n) {
    Plane value = backend.allocate(WIDTH, HEIGHT);
    CombineOutput out = new CombineOutput(value, null, null, null, null);
    CombineParameters parameters = parameters(method, rejection);
    backend.combine().combine(images(gapless, n), null, null, null, parameters, out);
    return new Digest().add(backend.toHost(value));
  }

  private static CombineParameters parameters(Method method, Rejection rejection) {
    return new CombineParameters(method, rejection, 1.3, 1.4, 4, 0.02, BAD);
  }

  private Plane plane(float[] pixels) {
    return backend.fromHost(pixels, WIDTH, HEIGHT);
  }

  private static RawPixels raw(SampleFormat format, double bscale) {
    SplittableRandom random = new SplittableRandom(11);
    ByteBuffer bytes = ByteBuffer.allocate(format.bytes() * SIZE);
    while (bytes.hasRemaining()) {
      if (format == SampleFormat.FLOAT32) {
        bytes.putFloat(70_000 * random.nextFloat());
      } else {
        bytes.put((byte) random.nextInt());
      }
    }
    return new RawPixels(
        MemorySegment.ofArray(bytes.array()),
        0,
        WIDTH,
        WIDTH,
        HEIGHT,
        format,
        bscale,
        format == SampleFormat.FLOAT32 ? 0 : 32768,
        null);
  }
}
