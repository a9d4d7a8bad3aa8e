package io.github.starlane.core.fits;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
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
    return read(path, "", hdu -> true);
  }

  /**
   * Reads the binary table of that name (EXTNAME).
   *
   * @throws FitsException if there is none or it is damaged
   */
  public static FitsTable read(Path path, String name) {
    return read(
        path,
        " named " + name,
        hdu -> hdu.header().string("EXTNAME").filter(name::equalsIgnoreCase).isPresent());
  }

  private static FitsTable read(Path path, String which, Predicate<FitsHdu> wanted) {
    try (FitsFile file = FitsFile.open(path)) {
      Optional<FitsHdu> table =
          file.hdus().stream().filter(FitsHdu::isBinaryTable).filter(wanted).findFirst();
      if (table.isEmpty()) {
        throw new FitsException(
            path, "", "it holds no binary table" + which, "give a FITS file with a table");
      }
      try (InputStream in = new SegmentInputStream(file.bytes());
          Fits fits = new Fits(new FitsInputStream(in))) {
        BinaryTableHDU hdu = (BinaryTableHDU) fits.getHDU(table.get().index());
        hdu.getKernel();
        return new FitsTable(path, table.get().header(), hdu);
      }
    } catch (FitsException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
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
    return number(column) > 0;
  }

  /**
   * A scalar numeric column as doubles, with TSCAL and TZERO applied; integers that TNULL says have
   * no value are NaN.
   *
   * @throws FitsException if it is absent or not a column of numbers
   */
  public double[] doubles(String column) {
    Object values = values(column);
    if (rows() == 0) {
      return new double[0];
    }
    double scale = header.number("TSCAL" + number(column), 1);
    double zero = header.number("TZERO" + number(column), 0);
    OptionalDouble none = header.number("TNULL" + number(column));
    double[] result = new double[rows()];
    try {
      for (int i = 0; i < result.length; i++) {
        double stored = unsignedByte(values, i);
        boolean missing = none.isPresent() && stored == none.getAsDouble();
        result[i] = missing ? Double.NaN : scale * stored + zero;
      }
    } catch (IllegalArgumentException e) {
      throw wrongType(column, "one number per row", e);
    }
    return result;
  }

  /** FITS bytes are unsigned, Java's are not. */
  private static double unsignedByte(Object values, int i) {
    return values instanceof byte[] bytes ? bytes[i] & 0xff : Array.getDouble(values, i);
  }

  /**
   * An integer column as longs, with TZERO applied (unsigned 64-bit numbers above 2^63 wrap).
   *
   * @throws FitsException if it is absent or not a column of numbers
   */
  public long[] longs(String column) {
    Object values = values(column);
    if (values instanceof double[] || values instanceof float[] || values instanceof byte[]) {
      return Arrays.stream(doubles(column)).mapToLong(v -> (long) v).toArray();
    }
    if (rows() == 0) {
      return new long[0];
    }
    double zero = header.number("TZERO" + number(column), 0);
    // 2^63, which makes 64-bit columns unsigned, is the one zero that no long holds.
    long offset = zero == 0x1p63 ? Long.MIN_VALUE : Math.round(zero);
    long[] result = new long[rows()];
    try {
      for (int i = 0; i < result.length; i++) {
        result[i] = Array.getLong(values, i) + offset;
      }
    } catch (IllegalArgumentException e) {
      throw wrongType(column, "one integer per row", e);
    }
    return result;
  }

  /**
   * A column of text.
   *
   * @throws FitsException if it is absent or not a column of text
   */
  public String[] strings(String column) {
    Object values = values(column);
    if (rows() == 0) {
      return new String[0];
    }
    if (values instanceof String[] texts) {
      return texts;
    }
    throw wrongType(column, "text", null);
  }

  private FitsException wrongType(String column, String wanted, Exception cause) {
    return new FitsException(
        path, "column " + column, "it does not hold " + wanted, "give another table", cause);
  }

  /** Number of a column, from 1; 0 if there is none of that name. */
  private int number(String column) {
    for (int i = 0; i < hdu.getNCols(); i++) {
      if (column.equalsIgnoreCase(hdu.getColumnName(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  private Object values(String column) {
    int index = number(column) - 1;
    if (index < 0) {
      throw new FitsException(
          path, "column " + column, "there is no such column", "give a table that has it");
    }
    if (rows() == 0) {
      // nom-tam has no columns for a table without rows.
      return null;
    }
    try {
      return hdu.getColumn(index);
    } catch (RuntimeException e) {
      throw new FitsException(
          path,
          "column " + column,
          "it cannot be read: " + e.getMessage(),
          "copy the file again",
          e);
    }
  }
}
