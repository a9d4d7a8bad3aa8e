package io.github.starlane.testdata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A FITS binary table in memory, filled row by row in the order of its columns. */
final class FitsTable {
  /** A block of rows, filled apart from the table so that threads can work in parallel. */
  static final class Rows {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final byte[] scratch = new byte[8];
    private final ByteBuffer number = ByteBuffer.wrap(scratch);

    Rows k(long value) {
      return put(number.clear().putLong(value));
    }

    Rows j(int value) {
      return put(number.clear().putInt(value));
    }

    Rows d(double value) {
      return put(number.clear().putDouble(value));
    }

    Rows e(double value) {
      return put(number.clear().putFloat((float) value));
    }

    Rows l(boolean value) {
      bytes.write(value ? 'T' : 'F');
      return this;
    }

    Rows a(String value, int width) {
      Check.that(value.length() <= width, "text wider than its column: " + value);
      String padded = value + " ".repeat(width - value.length());
      bytes.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    private Rows put(ByteBuffer filled) {
      bytes.write(scratch, 0, filled.position());
      return this;
    }
  }

  private record Column(String name, String form, String unit, String comment) {
    int width() {
      int repeat = form.length() > 1 ? Integer.parseInt(form.substring(0, form.length() - 1)) : 1;
      return switch (form.charAt(form.length() - 1)) {
        case 'K', 'D' -> 8;
        case 'J', 'E' -> 4;
        case 'L' -> 1;
        case 'A' -> repeat;
        default -> throw new IllegalArgumentException("no such column form: " + form);
      };
    }
  }

  private final String name;
  private final List<Column> columns = new ArrayList<>();
  private final FitsHeader cards = new FitsHeader();
  private final List<Rows> blocks = new ArrayList<>();

  FitsTable(String name) {
    this.name = name;
  }

  /**
   * Adds a column.
   *
   * @param form K, J, D, E, L or <i>n</i>A
   * @param unit TUNIT, empty for none
   */
  FitsTable column(String columnName, String form, String unit, String comment) {
    columns.add(new Column(columnName, form, unit, comment));
    return this;
  }

  /** Cards that describe the content; they come after those of the structure. */
  FitsHeader cards() {
    return cards;
  }

  FitsTable add(Rows rows) {
    blocks.add(rows);
    return this;
  }

  private int rowBytes() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  /** The extension as it stands in a file. */
  List<ByteBuffer> toBuffers() {
    long size = 0;
    List<ByteBuffer> data = new ArrayList<>();
    FitsChecksum sum = new FitsChecksum();
    ByteArrayOutputStream carry = new ByteArrayOutputStream();
    for (Rows rows : blocks) {
      byte[] block = rows.bytes.toByteArray();
      carry.writeBytes(block);
      size += block.length;
      // Blocks end anywhere, the checksum counts words: sum up to the last whole word.
      byte[] joined = carry.toByteArray();
      int whole = joined.length - joined.length % 4;
      sum.add(ByteBuffer.wrap(joined, 0, whole));
      carry.reset();
      carry.write(joined, whole, joined.length - whole);
      data.add(ByteBuffer.wrap(block));
    }
    sum.add(carry.toByteArray());
    Check.that(size % rowBytes() == 0, "table " + name + " has an incomplete row");
    data.add(ByteBuffer.allocate((int) Math.floorMod(-size, (long) FitsHeader.BLOCK)));
    data.addFirst(ByteBuffer.wrap(header(size / rowBytes()).toBytes(sum)));
    return data;
  }

  private FitsHeader header(long rows) {
    FitsHeader header = new FitsHeader();
    header.text("XTENSION", "BINTABLE", "binary table extension");
    header.integer("BITPIX", 8, "bytes");
    header.integer("NAXIS", 2, "");
    header.integer("NAXIS1", rowBytes(), "bytes per row");
    header.integer("NAXIS2", rows, "number of rows");
    header.integer("PCOUNT", 0, "");
    header.integer("GCOUNT", 1, "");
    header.integer("TFIELDS", columns.size(), "number of columns");
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      int number = i + 1;
      header.text("TTYPE" + number, column.name(), column.comment());
      header.text("TFORM" + number, column.form(), "");
      if (!column.unit().isEmpty()) {
        header.text("TUNIT" + number, column.unit(), "");
      }
    }
    header.text("EXTNAME", name.toUpperCase(Locale.ROOT), "");
    header.append(cards);
    return header;
  }
}
