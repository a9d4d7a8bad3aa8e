package io.github.starlane.core.fits;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The data of a binary table of plain numbers, row by row, padded to whole FITS blocks. The FITS
 * library writes numbers one by one, which takes longer than finding the sources.
 */
final class TableBytes {
  private static final int BLOCK = 2880;

  private TableBytes() {}

  /** The bytes; null if a column holds something else than one number per row, or they are many. */
  static byte[] of(List<FitsWriter.Column> columns) {
    long width = 0;
    int rows = -1;
    for (FitsWriter.Column column : columns) {
      int size = size(column.values());
      if (size == 0) {
        return null;
      }
      width += size;
      rows = java.lang.reflect.Array.getLength(column.values());
    }
    long bytes = (width * Math.max(0, rows) + BLOCK - 1) / BLOCK * BLOCK;
    if (rows < 0 || bytes > Integer.MAX_VALUE - BLOCK) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) bytes);
    int offset = 0;
    for (FitsWriter.Column column : columns) {
      put(column.values(), buffer, offset, (int) width);
      offset += size(column.values());
    }
    return buffer.array();
  }

  private static int size(Object values) {
    if (values instanceof double[] || values instanceof long[]) {
      return 8;
    }
    return values instanceof float[] || values instanceof int[] ? 4 : 0;
  }

  private static void put(Object values, ByteBuffer to, int offset, int width) {
    if (values instanceof double[] doubles) {
      for (int i = 0; i < doubles.length; i++) {
        to.putDouble(i * width + offset, doubles[i]);
      }
    } else if (values instanceof long[] longs) {
      for (int i = 0; i < longs.length; i++) {
        to.putLong(i * width + offset, longs[i]);
      }
    } else if (values instanceof float[] floats) {
      for (int i = 0; i < floats.length; i++) {
        to.putFloat(i * width + offset, floats[i]);
      }
    } else if (values instanceof int[] ints) {
      for (int i = 0; i < ints.length; i++) {
        to.putInt(i * width + offset, ints[i]);
      }
    }
  }
}
