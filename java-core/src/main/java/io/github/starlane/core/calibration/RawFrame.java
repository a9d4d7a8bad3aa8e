package io.github.starlane.core.calibration;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.fits.FitsFile;
import io.github.starlane.core.fits.FitsHdu;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.kernels.calibrate.RawPixels;

/** The pixels of an exposure, open for reading. Sections are in the light section (0-based). */
public final class RawFrame implements AutoCloseable {
  private final Exposure exposure;
  private final FitsFile file;
  private final RawPixels whole;

  private RawFrame(Exposure exposure, FitsFile file, RawPixels whole) {
    this.exposure = exposure;
    this.file = file;
    this.whole = whole;
  }

  /** Opens the pixels of an exposure. */
  public static RawFrame open(Exposure exposure) {
    FitsFile file = FitsFile.open(exposure.file());
    try {
      FitsHdu hdu = file.hdus().get(exposure.hdu());
      return new RawFrame(exposure, file, file.pixels(hdu));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** What is being read. */
  public Exposure exposure() {
    return exposure;
  }

  /** A section of the light section, for the {@code calibrate} kernel. */
  public RawPixels light(Section section) {
    Section light = exposure.light();
    return region(
        new Section(
            light.x() + section.x(), light.y() + section.y(), section.width(), section.height()));
  }

  private RawPixels region(Section s) {
    return whole.region(s.x(), s.y(), s.width(), s.height());
  }

  /** Median of the overscan section [ADU]; NaN if there is none. */
  public double overscanLevel() {
    return exposure.overscan() == null
        ? Double.NaN
        : Statistics.median(values(region(exposure.overscan()), 1));
  }

  /**
   * Every {@code step}-th pixel of the light section along both axes [ADU]; samples without a value
   * are NaN.
   */
  public float[] sample(int step) {
    return values(region(exposure.light()), step);
  }

  private static float[] values(RawPixels r, int step) {
    int columns = (r.width() + step - 1) / step;
    int rows = (r.height() + step - 1) / step;
    float[] values = new float[columns * rows];
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        values[j * columns + i] = (float) r.value(i * step, j * step);
      }
    }
    return values;
  }

  @Override
  public void close() {
    file.close();
  }
}
