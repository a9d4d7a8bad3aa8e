package io.github.starlane.kernels.calibrate;

import java.lang.foreign.MemorySegment;

/**
 * A rectangle of big-endian samples inside a memory segment (usually the mapped FITS file).
 *
 * @param segment native or mapped memory that holds the samples
 * @param offset byte offset of the rectangle's first sample
 * @param rowStride distance between the starts of two rows, in samples
 * @param width columns of the rectangle
 * @param height rows of the rectangle
 * @param format how a sample is stored
 * @param bscale physical = bscale · sample + bzero
 * @param bzero see bscale; [ADU]
 * @param blank integer sample that means "no value" (FITS BLANK), or null for none
 */
public record RawPixels(
    MemorySegment segment,
    long offset,
    long rowStride,
    int width,
    int height,
    SampleFormat format,
    double bscale,
    double bzero,
    Long blank) {

  /**
   * A part of this rectangle.
   *
   * @param x first column
   * @param y first row
   */
  public RawPixels region(int x, int y, int columns, int rows) {
    long first = offset + (y * rowStride + x) * format.bytes();
    return new RawPixels(segment, first, rowStride, columns, rows, format, bscale, bzero, blank);
  }

  /** Physical value of a sample [ADU]; NaN for BLANK. The slow way, for any format. */
  public double value(int x, int y) {
    return SampleReader.physical(this, y * rowStride + x);
  }

  /** Storage of one sample, FITS BITPIX; all big-endian. */
  public enum SampleFormat {
    UINT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    SampleFormat(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes per sample. */
    public int bytes() {
      return bytes;
    }
  }
}
