package io.github.starlane.testdata;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes tables into a file of their own, after an empty primary HDU. */
final class FitsTables {
  private FitsTables() {}

  static void write(Path path, FitsTable... tables) {
    FitsHeader primary = new FitsHeader();
    primary.logical("SIMPLE", true, "FITS standard 4.0");
    primary.integer("BITPIX", 8, "");
    primary.integer("NAXIS", 0, "no image here");
    primary.logical("EXTEND", true, "tables follow");
    try (FileOutput file = new FileOutput(path)) {
      byte[] first = primary.toBytes(new FitsChecksum());
      file.write(ByteBuffer.wrap(first), 0);
      long position = first.length;
      for (FitsTable table : tables) {
        for (ByteBuffer bytes : table.toBuffers()) {
          int size = bytes.remaining();
          file.write(bytes, position);
          position += size;
        }
      }
      file.complete();
    }
  }
}
