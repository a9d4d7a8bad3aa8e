package io.github.starlane.core.fits;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import nom.tam.fits.ImageData;
import nom.tam.fits.NullData;
import nom.tam.fits.utilities.FitsCheckSum;
import nom.tam.util.FitsOutputStream;

/**
 * Builds a FITS file HDU by HDU and writes it at once, with checksums, so that it is complete or
 * absent.
 */
public final class FitsWriter {

  private final List<BasicHDU<?>> hdus = new ArrayList<>();

  /** Data of each HDU as bytes; null for what the library writes. */
  private final List<byte[]> data = new ArrayList<>();

  /**
   * One column of a binary table.
   *
   * @param name TTYPE
   * @param unit TUNIT as VOUnits writes it, or empty
   * @param ucd TUCD (UCD1+), or empty
   * @param description what it holds, as the comment of TTYPE
   * @param values {@code double[]}, {@code float[]}, {@code int[]}, {@code long[]} or {@code
   *     String[]}
   */
  public record Column(String name, String unit, String ucd, String description, Object values) {}

  /** Appends an image of float32 pixels (row-major). */
  public FitsWriter image(String name, float[] pixels, int width, int height, FitsCards cards) {
    float[][] rows = new float[height][];
    for (int y = 0; y < height; y++) {
      rows[y] = java.util.Arrays.copyOfRange(pixels, y * width, (y + 1) * width);
    }
    return imageOf(name, rows, cards);
  }

  /** Appends an image of int32 pixels (row-major), e.g. a mask. */
  public FitsWriter image(String name, int[] pixels, int width, int height, FitsCards cards) {
    int[][] rows = new int[height][];
    for (int y = 0; y < height; y++) {
      rows[y] = java.util.Arrays.copyOfRange(pixels, y * width, (y + 1) * width);
    }
    return imageOf(name, rows, cards);
  }

  private FitsWriter imageOf(String name, Object rows, FitsCards cards) {
    return add(name, cards, new ImageData(rows)::toHDU);
  }

  /** Appends an HDU without data that carries only cards; the usual primary HDU before tables. */
  public FitsWriter cardsOnly(FitsCards cards) {
    return add("", cards, new NullData()::toHDU);
  }

  /** Appends a binary table. */
  public FitsWriter table(String name, List<Column> columns, FitsCards cards) {
    add(
        name,
        cards,
        () -> {
          BinaryTableHDU hdu =
              BinaryTable.fromColumnMajor(columns.stream().map(Column::values).toArray()).toHDU();
          for (int i = 0; i < columns.size(); i++) {
            describe(hdu.getHeader(), i + 1, columns.get(i));
          }
          return hdu;
        });
    data.set(data.size() - 1, TableBytes.of(columns));
    return this;
  }

  private static void describe(Header header, int number, Column column) {
    putIfPresent(header, "TTYPE" + number, column.name(), column.description());
    putIfPresent(header, "TUNIT" + number, column.unit(), "");
    putIfPresent(header, "TUCD" + number, column.ucd(), "");
  }

  private static void putIfPresent(Header header, String key, String value, String comment) {
    if (!value.isEmpty()) {
      header.addValue(key, FitsCards.ascii(value), FitsCards.ascii(comment));
    }
  }

  /** Makes one HDU. */
  private interface Maker {
    BasicHDU<?> make() throws nom.tam.fits.FitsException;
  }

  private FitsWriter add(String name, FitsCards cards, Maker maker) {
    NomTam.prepare();
    try {
      BasicHDU<?> hdu = maker.make();
      if (!name.isEmpty()) {
        hdu.getHeader().addValue("EXTNAME", name, "name of this HDU");
      }
      cards.addTo(hdu.getHeader());
      hdus.add(hdu);
      data.add(null);
      return this;
    } catch (nom.tam.fits.FitsException e) {
      throw new IllegalArgumentException("HDU " + name + " cannot be built: " + e.getMessage(), e);
    }
  }

  /** Writes the file. */
  public void write(Path path) {
    AtomicFile.write(
        path,
        out -> {
          try (Fits fits = new Fits()) {
            for (BasicHDU<?> hdu : hdus) {
              fits.addHDU(hdu);
            }
            for (int i = 0; i < hdus.size(); i++) {
              writeHdu(hdus.get(i), data.get(i), out);
            }
          } catch (nom.tam.fits.FitsException e) {
            throw new IOException(e.getMessage(), e);
          }
        });
  }

  private static void writeHdu(BasicHDU<?> hdu, byte[] bytes, OutputStream out)
      throws IOException, nom.tam.fits.FitsException {
    if (bytes == null) {
      out.write(SealedHeader.of(hdu));
      FitsOutputStream data = new FitsOutputStream(out);
      hdu.getData().write(data);
      data.flush();
    } else {
      out.write(SealedHeader.of(hdu, FitsCheckSum.checksum(bytes)));
      out.write(bytes);
    }
  }
}
