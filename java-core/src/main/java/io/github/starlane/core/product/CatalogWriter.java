package io.github.starlane.core.product;

import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a source table as a FITS binary table; every column is double precision, as in LAST's
 * catalogues.
 */
public final class CatalogWriter {

  private CatalogWriter() {}

  /**
   * Writes a catalogue, in the order of the table.
   *
   * @param cards of the image that was measured
   */
  public static void write(Path path, SourceTable table, FitsCards cards) {
    List<FitsWriter.Column> columns = new ArrayList<>();
    for (SourceColumn column : table.columns()) {
      double[] values = table.get(column);
      if (column.isPixelPosition()) {
        values = Arrays.stream(values).map(v -> v + 1).toArray();
      }
      columns.add(
          new FitsWriter.Column(
              column.fitsName(), column.unit(), column.ucd(), column.description(), values));
    }
    new FitsWriter()
        .cardsOnly(new FitsCards())
        .table("CATALOG", columns, new FitsCards().putAll(cards).putAll(MaskBit.cards()))
        .write(path);
  }
}
