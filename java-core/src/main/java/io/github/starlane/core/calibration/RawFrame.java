package io.github.starlane.core.calibration;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.fits.FitsFile;
import io.github.starlane.core.fits.FitsHdu;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.kernels.calibrate.RawPixels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The pixels of an exposure, open for reading. Sections are in the light section (0-based). */
public final class RawFrame implements AutoCloseable {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

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
    long first =
        whole.offset() + ((long) s.y() * whole.rowStride() + s.x()) * whole.format().bytes();
    return new RawPixels(
        whole.segment(),
        first,
        whole.rowStride(),
        s.width(),
        s.height(),
        whole.format(),
        whole.bscale(),
        whole.bzero(),
        whole.blank());
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
      long row = r.offset() + (long) j * step * r.rowStride() * r.format().bytes();
      for (int i = 0; i < columns; i++) {
        values[j * columns + i] = (float) value(r, row + (long) i * step * r.format().bytes());
      }
    }
    return values;
  }

  /** A sample of a region; NaN if it has no value. */
  static double value(RawPixels r, int x, int y) {
    return value(r, r.offset() + (y * r.rowStride() + x) * r.format().bytes());
  }

  private static double value(RawPixels r, long at) {
    MemorySegment s = r.segment();
    double stored =
        switch (r.format()) {
          case UINT8 -> s.get(ValueLayout.JAVA_BYTE, at) & 0xff;
          case INT16 -> s.get(SHORT, at);
          case INT32 -> s.get(INT, at);
          case INT64 -> s.get(LONG, at);
          case FLOAT32 -> s.get(FLOAT, at);
          case FLOAT64 -> s.get(DOUBLE, at);
        };
    boolean blank = r.blank() != null && stored == r.blank();
    return blank ? Double.NaN : r.bscale() * stored + r.bzero();
  }

  @Override
  public void close() {
    file.close();
  }
}
