package io.github.starlane.core.calibration;

import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Statistics;
import io.github.starlane.core.Workers;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.calibrate.CalibrateParameters;
import io.github.starlane.kernels.calibrate.CalibrationFrames;
import io.github.starlane.kernels.calibrate.Pedestal;
import io.github.starlane.kernels.combine.CombineOutput;
import io.github.starlane.kernels.combine.CombineParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleFunction;

/**
 * Combines raw calibration frames into a master: sigma-clipped mean, in bands of rows so that
 * memory stays small.
 *
 * <p>Bias: mean of (frame − overscan). Dark: mean of (frame − overscan − bias). Flat: each frame,
 * less bias and dark, is divided by its median, and the mean is divided by its own median.
 */
public final class MasterBuilder {
  /** A hot pixel is at least so much above the median [ADU], whatever the noise. */
  private static final double LEAST_HOT = 1;

  /** Pixels of one band over all frames together: 16 M samples are 64 MB. */
  private static final long BAND_SAMPLES = 1L << 24;

  private static final int STATISTICS_STEP = 7;

  private final Backend backend;
  private final Workers workers;
  private final CalibrationSettings settings;
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** A builder. */
  public MasterBuilder(Backend backend, Workers workers, CalibrationSettings settings) {
    this.backend = backend;
    this.workers = workers;
    this.settings = settings;
  }

  /**
   * A frame that no master could use.
   *
   * @param kind of master it was meant for
   * @param file the frame
   * @param reason why, as a clause
   */
  public record LeftOut(MasterFrame.Kind kind, Path file, String reason) {}

  /** All frames that were left out so far, also of masters that could not be made at all. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /**
   * Master bias of frames of one camera and size.
   *
   * @return null if no frame can be used
   */
  public MasterFrame bias(List<Exposure> frames) {
    return ofUsable(MasterFrame.Kind.BIAS, frames, null);
  }

  /**
   * Master dark of frames of one camera, size and exposure time; the bias is taken off if there is
   * one.
   *
   * @return null if no frame can be used
   */
  public MasterFrame dark(List<Exposure> frames, MasterFrame bias) {
    return ofUsable(MasterFrame.Kind.DARK, frames, bias);
  }

  /**
   * Leaves out what is no bias or dark at all: clipping among a few frames does not cope with it.
   */
  private MasterFrame ofUsable(MasterFrame.Kind kind, List<Exposure> frames, MasterFrame bias) {
    return ofThose(kind, frames, bias, null, fraction -> null);
  }

  /**
   * Master flat of the frames whose level is useful.
   *
   * @return null if no frame is
   */
  public MasterFrame flat(List<Exposure> frames, MasterFrame bias, MasterFrame dark) {
    return ofThose(
        MasterFrame.Kind.FLAT,
        frames,
        bias,
        dark,
        fraction -> {
          if (fraction >= settings.flatMinimum() && fraction <= settings.flatMaximum()) {
            return null;
          }
          String fault = fraction < settings.flatMinimum() ? "underexposed" : "overexposed";
          return String.format(
              Locale.ROOT, "%s, its signal is %.3f of saturation", fault, fraction);
        });
  }

  /**
   * A master of the frames with which nothing is wrong; null if there are none.
   *
   * @param fault what is wrong with a frame of that signal, as a fraction of saturation; null if
   *     nothing is
   */
  private MasterFrame ofThose(
      MasterFrame.Kind kind,
      List<Exposure> frames,
      MasterFrame bias,
      MasterFrame dark,
      DoubleFunction<String> fault) {
    List<Exposure> useful = new ArrayList<>();
    List<MasterFrame.Rejection> rejected = new ArrayList<>();
    for (Exposure frame : frames) {
      String reason = fault(frame, bias != null ? bias : dark, fault);
      if (reason == null) {
        useful.add(frame);
      } else {
        rejected.add(new MasterFrame.Rejection(frame.file(), reason));
        leftOut.add(new LeftOut(kind, frame.file(), reason));
      }
    }
    return useful.isEmpty() ? null : build(new Recipe(kind, useful, rejected, bias, dark));
  }

  private static String fault(Exposure frame, MasterFrame zeroLevel, DoubleFunction<String> fault) {
    try (RawFrame raw = RawFrame.open(frame)) {
      double overscan = raw.overscanLevel();
      double zero =
          Double.isFinite(overscan) ? overscan : zeroLevel == null ? 0 : zeroLevel.median();
      double median = Statistics.median(raw.sample(STATISTICS_STEP));
      if (Double.isNaN(median)) {
        return "none of its pixels has a value";
      }
      boolean saturated = median >= frame.saturation();
      return saturated ? "it is saturated" : fault.apply((median - zero) / frame.saturation());
    } catch (StarlaneException e) {
      return e.why();
    }
  }

  /** What goes into a master. */
  private record Recipe(
      MasterFrame.Kind kind,
      List<Exposure> frames,
      List<MasterFrame.Rejection> rejected,
      MasterFrame bias,
      MasterFrame dark) {

    int width() {
      return frames.get(0).light().width();
    }

    int height() {
      return frames.get(0).light().height();
    }
  }

  private MasterFrame build(Recipe recipe) {
    List<RawFrame> raws = new ArrayList<>();
    try {
      recipe.frames().forEach(frame -> raws.add(RawFrame.open(frame)));
      double[] offset = new double[raws.size()];
      double[] scale = new double[raws.size()];
      List<Callable<Void>> levels = new ArrayList<>();
      for (int i = 0; i < offset.length; i++) {
        int n = i;
        levels.add(() -> measureLevels(recipe, raws.get(n), n, offset, scale));
      }
      workers.map(levels);
      float[] mean = new float[recipe.width() * recipe.height()];
      float[] variance = new float[mean.length];
      workers.map(bands(recipe, raws, offset, scale, mean, variance));
      return finish(recipe, mean, variance);
    } finally {
      raws.forEach(RawFrame::close);
    }
  }

  private Void measureLevels(Recipe recipe, RawFrame raw, int n, double[] offset, double[] scale) {
    double overscan = raw.overscanLevel();
    boolean applies = CalibrationSet.overscanApplies(recipe.bias(), recipe.dark());
    offset[n] = applies && Double.isFinite(overscan) ? overscan : 0;
    scale[n] = 1;
    if (recipe.kind() == MasterFrame.Kind.FLAT) {
      double dark =
          recipe.dark() == null ? 0 : darkScale(recipe, raw.exposure()) * recipe.dark().median();
      double bias = recipe.bias() == null ? 0 : recipe.bias().median();
      scale[n] = 1 / (Statistics.median(raw.sample(STATISTICS_STEP)) - offset[n] - bias - dark);
    }
    return null;
  }

  private static double darkScale(Recipe recipe, Exposure frame) {
    return CalibrationSet.darkScale(recipe.dark(), frame.exposureTime());
  }

  private List<Callable<Void>> bands(
      Recipe recipe,
      List<RawFrame> raws,
      double[] offset,
      double[] scale,
      float[] mean,
      float[] variance) {
    long perRow = (long) recipe.width() * raws.size();
    int rows = (int) Math.max(1, Math.min(recipe.height(), BAND_SAMPLES / perRow));
    List<Callable<Void>> bands = new ArrayList<>();
    for (int y = 0; y < recipe.height(); y += rows) {
      Section band = new Section(0, y, recipe.width(), Math.min(rows, recipe.height() - y));
      bands.add(() -> combineBand(recipe, raws, offset, scale, band, mean, variance));
    }
    return bands;
  }

  private Void combineBand(
      Recipe recipe,
      List<RawFrame> raws,
      double[] offset,
      double[] scale,
      Section band,
      float[] mean,
      float[] variance) {
    List<Plane> images = new ArrayList<>();
    try (Plane value = backend.allocate(band.width(), band.height());
        Plane scatter = backend.allocate(band.width(), band.height())) {
      Plane bias = CalibrationSet.cut(backend, recipe.bias(), band);
      Plane dark = CalibrationSet.cut(backend, recipe.dark(), band);
      for (int i = 0; i < raws.size(); i++) {
        Plane image = backend.allocate(band.width(), band.height());
        double darkScale = dark == null ? 0 : darkScale(recipe, raws.get(i).exposure());
        backend
            .calibrate()
            .calibrate(
                raws.get(i).light(band),
                new CalibrationFrames(Pedestal.of(offset[i]), bias, dark, null, null),
                CalibrateParameters.scaling(scale[i], darkScale),
                image,
                null,
                null);
        images.add(image);
      }
      CombineParameters.Rejection rejection =
          images.size() < 3 ? CombineParameters.Rejection.NONE : CombineParameters.Rejection.SAMPLE;
      backend
          .combine()
          .combine(
              images,
              null,
              null,
              null,
              new CombineParameters(
                  CombineParameters.Method.MEAN,
                  rejection,
                  settings.clipSigma(),
                  settings.clipSigma(),
                  2,
                  0,
                  0),
              new CombineOutput(value, scatter, null, null, null));
      int at = band.y() * band.width();
      System.arraycopy(backend.toHost(value), 0, mean, at, band.width() * band.height());
      System.arraycopy(backend.toHost(scatter), 0, variance, at, band.width() * band.height());
    } finally {
      images.forEach(Plane::close);
    }
    return null;
  }

  private MasterFrame finish(Recipe recipe, float[] mean, float[] variance) {
    List<String> notes = new ArrayList<>();
    int used = recipe.frames().size();
    if (used < settings.minimumFrames()) {
      notes.add("made from only " + used + " frames");
    }
    double median = sampledMedian(mean);
    if (recipe.kind() == MasterFrame.Kind.FLAT) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (mean[i] / median);
      }
      median = 1;
    }
    double typicalVariance = sampledMedian(variance) * used;
    int[] mask = mask(recipe.kind(), mean, variance, median, typicalVariance, used);
    Exposure first = recipe.frames().get(0);
    return new MasterFrame(
        recipe.kind(),
        name(recipe.kind(), first, used),
        recipe.width(),
        recipe.height(),
        mean,
        mask,
        first.exposureTime(),
        recipe.kind() == MasterFrame.Kind.DARK && recipe.bias() == null,
        first.overscan() != null && CalibrationSet.overscanApplies(recipe.bias(), recipe.dark()),
        median,
        recipe.kind() == MasterFrame.Kind.BIAS ? Math.sqrt(typicalVariance) : Double.NaN,
        used,
        recipe.rejected(),
        List.copyOf(notes));
  }

  /** Tells masters of several cameras, exposure times and filters apart, as files are named so. */
  private static String name(MasterFrame.Kind kind, Exposure first, int used) {
    String of =
        switch (kind) {
          case BIAS -> "";
          case DARK -> String.format(Locale.ROOT, " %.4g s", first.exposureTime());
          case FLAT -> " " + first.filter();
        };
    return String.format(
        Locale.ROOT,
        "master %s %s %dx%d%s of %d frames",
        kind.name().toLowerCase(Locale.ROOT),
        first.camera(),
        first.width(),
        first.height(),
        of,
        used);
  }

  private int[] mask(
      MasterFrame.Kind kind,
      float[] mean,
      float[] variance,
      double median,
      double typical,
      int used) {
    int[] mask = new int[mean.length];
    double hot = median + Math.max(LEAST_HOT, settings.hotSigma() * robustDeviation(mean, median));
    for (int i = 0; i < mask.length; i++) {
      if (!Float.isFinite(mean[i])) {
        mask[i] |= MaskBit.NAN.bit();
      } else if (kind == MasterFrame.Kind.FLAT && !(mean[i] >= settings.flatLowLimit())) {
        mask[i] |= MaskBit.FLAT_LOW.bit();
      } else if (kind == MasterFrame.Kind.DARK && mean[i] > hot) {
        mask[i] |= MaskBit.DARK_HIGH.bit();
      }
      if (kind != MasterFrame.Kind.FLAT && variance[i] * used > settings.noisyFactor() * typical) {
        mask[i] |= MaskBit.HIGH_READ_NOISE.bit();
      }
    }
    return mask;
  }

  static double robustDeviation(float[] values, double median) {
    float[] sample = subsample(values);
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) Math.abs(sample[i] - median);
    }
    return Statistics.SIGMA_PER_MAD * Statistics.median(sample);
  }

  /** Median of at most about 200 000 evenly spread pixels. */
  static double sampledMedian(float[] values) {
    return Statistics.median(subsample(values));
  }

  private static float[] subsample(float[] values) {
    // An odd step does not keep to the same columns.
    int step = Math.max(1, values.length / 200_000) | 1;
    float[] sample = new float[(values.length + step - 1) / step];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = values[i * step];
    }
    return sample;
  }
}
