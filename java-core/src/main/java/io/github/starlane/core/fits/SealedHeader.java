package io.github.starlane.core.fits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Header;
import nom.tam.fits.utilities.FitsCheckSum;
import nom.tam.util.FitsOutputStream;

/**
 * The bytes of a header with DATASUM and CHECKSUM (FITS Standard 4.0, appendix J).
 *
 * <p>nom-tam would write the time of day into the comments of these cards and of SIMPLE, each time
 * it writes a header; but equal products shall have equal bytes.
 */
final class SealedHeader {
  private static final int BLOCK = 2880;
  private static final int CARD = 80;
  private static final int CHECKSUM_VALUE = 11;

  private SealedHeader() {}

  /** Header of an HDU that is complete but for its checksums. */
  static byte[] of(BasicHDU<?> hdu) throws IOException {
    hdu.setChecksum();
    return of(hdu, hdu.getStoredDatasum());
  }

  /** The same where the sum of the data is known. */
  static byte[] of(BasicHDU<?> hdu, long dataSum) throws IOException {
    Header header = hdu.getHeader();
    header.deleteKey("DATASUM");
    header.deleteKey("CHECKSUM");
    if (header.containsKey("SIMPLE")) {
      header.getCard("SIMPLE").setComment("conforms to the FITS standard");
    }
    ByteArrayOutputStream cards = new ByteArrayOutputStream();
    try (FitsOutputStream out = new FitsOutputStream(cards)) {
      header.write(out);
    }
    byte[] bytes = withSums(cards.toByteArray(), dataSum);
    long sum = FitsCheckSum.sumOf(FitsCheckSum.checksum(bytes), dataSum);
    byte[] encoded = FitsCheckSum.encode(sum, true).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(encoded, 0, bytes, end(bytes) - CARD + CHECKSUM_VALUE, encoded.length);
    return bytes;
  }

  /** DATASUM, and CHECKSUM all zeros, before END. */
  private static byte[] withSums(byte[] header, long dataSum) {
    String sums =
        card(
                String.format(
                    Locale.ROOT, "DATASUM = '%-8d'           / checksum of the data", dataSum))
            + card("CHECKSUM= '" + "0".repeat(16) + "'   / checksum of this HDU")
            + card("END");
    int end = end(header);
    byte[] added = sums.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[(end + added.length + BLOCK - 1) / BLOCK * BLOCK];
    Arrays.fill(bytes, (byte) ' ');
    System.arraycopy(header, 0, bytes, 0, end);
    System.arraycopy(added, 0, bytes, end, added.length);
    return bytes;
  }

  private static String card(String text) {
    return String.format(Locale.ROOT, "%-80s", text);
  }

  private static int end(byte[] header) {
    int at = header.length - CARD;
    while (header[at] == ' ') {
      at -= CARD;
    }
    return at;
  }
}
