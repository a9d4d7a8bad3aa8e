package io.github.starlane.core.fits;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Optional;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.util.FitsInputStream;

/** A binary table that has been read into memory. */
public final class FitsTable {
  private final Path path;
  private final FitsHeader header;
  private final BinaryTableHDU hdu;

  private FitsTable(Path path, FitsHeader header, BinaryTableHDU hdu) {
    this.path = path;
    this.header = header;
    this.hdu = hdu;
  }

  /**
   * Reads the first binary table of a file.
   *
   * @throws FitsException if there is none or it is damaged
   */
  public static FitsTable read(Path path) {
    try (FitsFile file = FitsFile.open(path)) {
      Optional<FitsHdu> table = file.hdus().stream().filter(FitsHdu::isBinaryTable).findFirst();
      if (table.isEmpty()) {
        throw new FitsException(
            path, "", "it holds no binary table", "give a FITS file with a table");
      }
      try (InputStream in = new SegmentInputStream(file.bytes());
          Fits fits = new Fits(new FitsInputStream(in))) {
        BinaryTableHDU hdu = (BinaryTableHDU) fits.getHDU(table.get().index());
        hdu.getKernel();
        return new FitsTable(path, table.get().header(), hdu);
      }
    } catch (IOException | nom.tam.fits.FitsException | ClassCastException e) {
      throw new FitsException(
          path,
          "",
          "its table cannot be read: " + e.getMessage(),
          "copy it again from its source",
          e);
    }
  }

  /** Cards of the table's HDU. */
  public FitsHeader header() {
    return header;
  }

  /** Number of rows. */
  public int rows() {
    return hdu.getNRows();
  }

  /** Whether there is a column of that name (case does not matter). */
  public boolean has(String column) {
    return hdu.findColumn(column) >= 0;
  }

  /**
   * A scalar numeric column as doubles.
   *
   * @throws FitsException if it is absent or not a column of numbers
   */
  public double[] doubles(String column) {
    Object values = values(column);
    int n = rows();
    double[] result = new double[n];
    try {
      for (int i = 0; i < n; i++) {
        result[i] = Array.getDouble(values, i);
      }
    } catch (IllegalArgumentException e) {
      throw new FitsException(
          path, "column " + column, "it does not hold one number per row", "give another table", e);
    }
    return result;
  }

  /** An integer column as longs. */
  public long[] longs(String column) {
    Object values = values(column);
    long[] result = new long[rows()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          values instanceof double[] || values instanceof float[]
              ? (long) Array.getDouble(values, i)
              : Array.getLong(values, i);
    }
    return result;
  }

  /** A column of text. */
  public String[] strings(String column) {
    return (String[]) values(column);
  }

  private Object values(String column) {
    int index = hdu.findColumn(column);
    if (index < 0) {
      throw new FitsException(
          path, "column " + column, "there is no such column", "give a table that has it");
    }
    try {
      return hdu.getColumn(index);
    } catch (nom.tam.fits.FitsException e) {
      throw new FitsException(
          path,
          "column " + column,
          "it cannot be read: " + e.getMessage(),
          "copy the file again",
          e);
    }
  }
}
