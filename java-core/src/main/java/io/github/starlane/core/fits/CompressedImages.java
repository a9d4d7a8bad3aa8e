package io.github.starlane.core.fits;

import io.github.starlane.kernels.calibrate.RawPixels;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.image.compression.hdu.CompressedImageHDU;
import nom.tam.util.FitsInputStream;

/** Tile-compressed images (FITS 4.0 §10) by nom-tam-fits, laid out like uncompressed ones. */
final class CompressedImages {

  private CompressedImages() {}

  static RawPixels decompress(FitsFile file, FitsHdu hdu, Arena arena) {
    FitsHeader header = hdu.header();
    double bzero = header.number("BZERO", 0);
    if (header.string("ZCMPTYPE").filter(t -> t.startsWith("PLIO")).isPresent() && bzero != 0) {
      throw new FitsException(
          file.path(),
          "HDU " + hdu.index(),
          "PLIO compression together with BZERO = " + bzero + " is read wrong by the FITS library",
          "unpack it first (funpack)");
    }
    requireTiles(file, hdu);
    FitsFile.requireMemory(
        file.path(),
        "HDU " + hdu.index(),
        (long) hdu.width() * hdu.height() * Math.max(1, Math.abs(hdu.bitpix()) / 8));
    try {
      return layOut(read(file, hdu), hdu, bzero, arena);
    } catch (IndexOutOfBoundsException | ClassCastException | NullPointerException e) {
      throw broken(file, hdu, e);
    }
  }

  /** As many tiles must be stored as the header promises, before memory is taken for them. */
  private static void requireTiles(FitsFile file, FitsHdu hdu) {
    FitsHeader header = hdu.header();
    long across = header.integer("ZTILE1", hdu.width());
    long down = header.integer("ZTILE2", 1);
    boolean valid = across > 0 && down > 0;
    long tiles =
        valid ? ((hdu.width() + across - 1) / across) * ((hdu.height() + down - 1) / down) : -1;
    if (tiles != header.integer("NAXIS2", 0)) {
      throw new FitsException(
          file.path(),
          "HDU " + hdu.index(),
          "its compressed image of "
              + hdu.width()
              + " x "
              + hdu.height()
              + " pixels does not consist of the "
              + header.integer("NAXIS2", 0)
              + " tiles that are there",
          "copy it again from its source");
    }
  }

  private static RawPixels layOut(Object samples, FitsHdu hdu, double bzero, Arena arena) {
    FitsHeader header = hdu.header();
    int width = hdu.width();
    int height = hdu.height();
    RawPixels.SampleFormat format = formatOf(samples);
    MemorySegment segment = arena.allocate((long) width * height * format.bytes(), 64);
    for (int y = 0; y < height; y++) {
      copyRow(samples, y, segment, (long) y * width * format.bytes(), width);
    }
    Long blank =
        header.has("BLANK") && hdu.bitpix() > 0 ? Long.valueOf(header.integer("BLANK", 0)) : null;
    return new RawPixels(
        segment, 0, width, width, height, format, header.number("BSCALE", 1), bzero, blank);
  }

  /**
   * The sample array as nom-tam gives it: {@code short[][]} and so on; degenerate axes stripped.
   */
  private static Object read(FitsFile file, FitsHdu hdu) {
    try (InputStream in = new SegmentInputStream(file.bytes());
        Fits fits = new Fits(new FitsInputStream(in))) {
      BasicHDU<?> unit = fits.getHDU(hdu.index());
      Object kernel = ((CompressedImageHDU) unit).asImageHDU().getKernel();
      while (kernel instanceof Object[] outer
          && outer.length == 1
          && outer[0] instanceof Object[]) {
        kernel = outer[0];
      }
      return kernel;
    } catch (IOException | RuntimeException e) {
      throw broken(file, hdu, e);
    }
  }

  private static FitsException broken(FitsFile file, FitsHdu hdu, Exception e) {
    return new FitsException(
        file.path(),
        "HDU " + hdu.index(),
        "its compressed image cannot be unpacked: " + e.getMessage(),
        "copy it again from its source",
        e);
  }

  private static RawPixels.SampleFormat formatOf(Object samples) {
    if (samples instanceof byte[][]) {
      return RawPixels.SampleFormat.UINT8;
    } else if (samples instanceof short[][]) {
      return RawPixels.SampleFormat.INT16;
    } else if (samples instanceof int[][]) {
      return RawPixels.SampleFormat.INT32;
    } else if (samples instanceof long[][]) {
      return RawPixels.SampleFormat.INT64;
    } else if (samples instanceof float[][]) {
      return RawPixels.SampleFormat.FLOAT32;
    }
    return RawPixels.SampleFormat.FLOAT64;
  }

  private static void copyRow(Object samples, int y, MemorySegment to, long at, int n) {
    if (samples instanceof byte[][] rows) {
      MemorySegment.copy(rows[y], 0, to, ValueLayout.JAVA_BYTE, at, n);
    } else if (samples instanceof short[][] rows) {
      MemorySegment.copy(
          rows[y], 0, to, ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), at, n);
    } else if (samples instanceof int[][] rows) {
      MemorySegment.copy(
          rows[y], 0, to, ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), at, n);
    } else if (samples instanceof long[][] rows) {
      MemorySegment.copy(
          rows[y], 0, to, ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN), at, n);
    } else if (samples instanceof float[][] rows) {
      MemorySegment.copy(
          rows[y], 0, to, ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.BIG_ENDIAN), at, n);
    } else {
      MemorySegment.copy(
          ((double[][]) samples)[y],
          0,
          to,
          ValueLayout.JAVA_DOUBLE.withOrder(ByteOrder.BIG_ENDIAN),
          at,
          n);
    }
  }
}
