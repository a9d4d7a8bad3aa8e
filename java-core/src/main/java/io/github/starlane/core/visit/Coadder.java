package io.github.starlane.core.visit;

import io.github.starlane.core.astrometry.solve.PolynomialMap;
import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.calibration.FrameCalibrator;
import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.background.BackgroundGrid;
import io.github.starlane.kernels.combine.CombineOutput;
import io.github.starlane.kernels.combine.CombineParameters;
import io.github.starlane.kernels.resample.Mapping;
import io.github.starlane.kernels.resample.ResampleParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Coadds the epochs of a crop: calibrates them again, removes their background, resamples them onto
 * the reference epoch's pixels, scales them to the mean epoch, and takes the weighted mean of what
 * agrees. Works in bands of rows, so that memory does not grow with the number of epochs times the
 * image.
 */
public final class Coadder {
  private static final long BAND_BYTES = 200L << 20;
  private static final int BYTES_PER_PIXEL = 12;
  private static final int MAPPING_STEP = 32;
  private static final int MARGIN = 5;
  private static final double MASK_WEIGHT = 0.05;
  private static final double LESS_IMAGES = 0.6;

  private final Backend backend;
  private final VisitSettings settings;

  /** A coadder. */
  public Coadder(Backend backend, VisitSettings settings) {
    this.backend = backend;
    this.settings = settings;
  }

  /**
   * One epoch of the crop.
   *
   * @param index of the epoch in the visit
   * @param raw open frame
   * @param overscanLevel of that frame [ADU]
   * @param calibrator with its masters
   * @param background of the crop in that epoch
   * @param fromReference mapping of the reference epoch's crop pixels to this epoch's
   * @param scale factor that takes its fluxes to the mean epoch
   * @param weight inverse variance of a scaled pixel over the area of the PSF
   */
  public record Epoch(
      int index,
      RawFrame raw,
      double overscanLevel,
      FrameCalibrator calibrator,
      BackgroundGrid background,
      PolynomialMap fromReference,
      double scale,
      double weight) {}

  /** Coadds the epochs of a crop. */
  public Coadd coadd(Crop crop, List<Epoch> epochs) {
    int width = crop.section().width();
    int height = crop.section().height();
    int n = width * height;
    Coadd coadd =
        new Coadd(
            width,
            height,
            new float[n],
            new float[n],
            new int[n],
            new float[n],
            new float[n],
            epochs.stream().mapToInt(Epoch::index).toArray(),
            effectiveGain(epochs));
    int rows = (int) Math.max(64, BAND_BYTES / ((long) BYTES_PER_PIXEL * width * epochs.size()));
    for (int y = 0; y < height; y += rows) {
      new Band(crop, epochs, y, Math.min(rows, height - y)).combineInto(coadd);
    }
    return coadd;
  }

  /**
   * For a weighted mean of scaled images: (Σ w)² / Σ w² s, the source noise of each being its flux
   * times s.
   */
  private static double effectiveGain(List<Epoch> epochs) {
    double sum = 0;
    double noise = 0;
    for (Epoch e : epochs) {
      sum += e.weight();
      noise += e.weight() * e.weight() * e.scale();
    }
    return noise > 0 ? sum * sum / noise : 1;
  }

  /** Some rows of the output. */
  private final class Band {
    private final Crop crop;
    private final List<Epoch> epochs;
    private final int y0;
    private final int rows;
    private final int width;
    private final List<Plane> images = new ArrayList<>();
    private final List<Plane> variances = new ArrayList<>();
    private final List<MaskPlane> masks = new ArrayList<>();

    Band(Crop crop, List<Epoch> epochs, int y0, int rows) {
      this.crop = crop;
      this.epochs = epochs;
      this.y0 = y0;
      this.rows = rows;
      this.width = crop.section().width();
    }

    void combineInto(Coadd coadd) {
      try (Plane value = backend.allocate(width, rows);
          Plane variance = backend.allocate(width, rows);
          Plane count = backend.allocate(width, rows);
          Plane rejected = backend.allocate(width, rows);
          MaskPlane mask = backend.allocateMask(width, rows)) {
        epochs.forEach(this::resample);
        CombineParameters.Rejection rejection =
            epochs.size() < 3
                ? CombineParameters.Rejection.NONE
                : CombineParameters.Rejection.NOISE_MODEL;
        CombineParameters parameters =
            new CombineParameters(
                CombineParameters.Method.MEAN,
                rejection,
                settings.coaddLow(),
                settings.coaddHigh(),
                2,
                settings.coaddRelativeError(),
                MaskBit.bad());
        double[] weights = epochs.stream().mapToDouble(Epoch::weight).toArray();
        backend
            .combine()
            .combine(
                images,
                variances,
                masks,
                weights,
                parameters,
                new CombineOutput(value, variance, count, rejected, mask));
        copyRows(value, coadd.image());
        copyRows(variance, coadd.variance());
        copyRows(count, coadd.count());
        copyRows(rejected, coadd.rejected());
        System.arraycopy(backend.toHost(mask), 0, coadd.mask(), y0 * width, width * rows);
        keepReasons(coadd);
        markThinPixels(coadd);
      } finally {
        images.forEach(Plane::close);
        variances.forEach(Plane::close);
        masks.forEach(MaskPlane::close);
      }
    }

    private void copyRows(Plane plane, float[] to) {
      System.arraycopy(backend.toHost(plane), 0, to, y0 * width, width * rows);
    }

    /** The kernel gives the bits of the epochs that are left; where none is, all say why. */
    private void keepReasons(Coadd coadd) {
      int first = y0 * width;
      for (MaskPlane plane : masks) {
        int[] bits = backend.toHost(plane);
        for (int i = 0; i < bits.length; i++) {
          coadd.mask()[first + i] |= coadd.count()[first + i] == 0 ? bits[i] : 0;
        }
      }
    }

    private void markThinPixels(Coadd coadd) {
      for (int i = y0 * width; i < (y0 + rows) * width; i++) {
        if (coadd.count()[i] < LESS_IMAGES * epochs.size()) {
          coadd.mask()[i] |= MaskBit.COADD_LESS_IMAGES.bit();
        }
        if (!Float.isFinite(coadd.image()[i])) {
          coadd.mask()[i] |= MaskBit.NAN.bit();
        }
      }
    }

    private void resample(Epoch epoch) {
      Section needed = needed(epoch);
      Plane image = backend.allocate(width, rows);
      Plane variance = backend.allocate(width, rows);
      MaskPlane mask = backend.allocateMask(width, rows);
      images.add(image);
      variances.add(variance);
      masks.add(mask);
      if (needed == null) {
        backend.arithmetic().fill(image, Double.NaN);
        backend.arithmetic().fill(variance, Double.NaN);
        return;
      }
      Section inLight =
          new Section(
              crop.section().x() + needed.x(),
              crop.section().y() + needed.y(),
              needed.width(),
              needed.height());
      try (CalibratedFrame frame =
          epoch.calibrator().calibrate(epoch.raw(), epoch.overscanLevel(), inLight)) {
        backend
            .background()
            .subtract(frame.image(), epoch.background(), needed.x(), needed.y(), frame.image());
        Mapping mapping =
            Mapping.tabulate(
                width,
                rows,
                MAPPING_STEP,
                (x, y, xy) -> {
                  double[] p = epoch.fromReference().apply(x, y + y0);
                  xy[0] = p[0] - needed.x();
                  xy[1] = p[1] - needed.y();
                });
        backend
            .resample()
            .resample(
                frame.image(),
                frame.variance(),
                frame.mask(),
                mapping,
                new ResampleParameters(true, MaskBit.bad(), MaskBit.NAN.bit(), MASK_WEIGHT),
                image,
                variance,
                mask);
      }
      backend.arithmetic().scale(image, epoch.scale());
      backend.arithmetic().scale(variance, epoch.scale() * epoch.scale());
    }

    /** The rows and columns of the epoch's crop that this band looks at; null if none. */
    private Section needed(Epoch epoch) {
      double minX = Double.POSITIVE_INFINITY;
      double maxX = Double.NEGATIVE_INFINITY;
      double minY = Double.POSITIVE_INFINITY;
      double maxY = Double.NEGATIVE_INFINITY;
      for (int k = 0; k <= 16; k++) {
        for (double[] p :
            new double[][] {
              epoch.fromReference().apply(k * (width - 1) / 16.0, y0),
              epoch.fromReference().apply(k * (width - 1) / 16.0, y0 + rows - 1.0),
              epoch.fromReference().apply(0, y0 + k * (rows - 1) / 16.0),
              epoch.fromReference().apply(width - 1.0, y0 + k * (rows - 1) / 16.0)
            }) {
          minX = Math.min(minX, p[0]);
          maxX = Math.max(maxX, p[0]);
          minY = Math.min(minY, p[1]);
          maxY = Math.max(maxY, p[1]);
        }
      }
      int x1 = (int) Math.max(0, Math.floor(minX) - MARGIN);
      int y1 = (int) Math.max(0, Math.floor(minY) - MARGIN);
      int x2 = (int) Math.min(crop.section().width() - 1.0, Math.ceil(maxX) + MARGIN);
      int y2 = (int) Math.min(crop.section().height() - 1.0, Math.ceil(maxY) + MARGIN);
      return x2 - x1 < 2 * MARGIN || y2 - y1 < 2 * MARGIN
          ? null
          : new Section(x1, y1, x2 - x1 + 1, y2 - y1 + 1);
    }
  }
}
