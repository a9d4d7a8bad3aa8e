package io.github.starlane.core.fits;

/**
 * One header-data unit of an open {@link FitsFile}.
 *
 * @param index 0 for the primary HDU
 * @param header its cards
 * @param headerOffset byte offset of its header
 * @param dataOffset byte offset of its data
 * @param dataBytes size of its data without padding
 */
public record FitsHdu(
    int index, FitsHeader header, long headerOffset, long dataOffset, long dataBytes) {

  /**
   * Whether this is a plain (uncompressed) two-dimensional image with pixels; degenerate axes are
   * allowed.
   */
  public boolean isPlainImage() {
    boolean image = index == 0 || header.string("XTENSION").filter("IMAGE"::equals).isPresent();
    return image && isTwoDimensional("NAXIS") && !header.logical("GROUPS");
  }

  /** Whether this is a tile-compressed two-dimensional image. */
  public boolean isCompressedImage() {
    return header.logical("ZIMAGE") && isTwoDimensional("ZNAXIS");
  }

  /** Whether this is a binary table (and no compressed image). */
  public boolean isBinaryTable() {
    return header.string("XTENSION").filter("BINTABLE"::equals).isPresent()
        && !header.logical("ZIMAGE");
  }

  /** Columns of the image. */
  public int width() {
    return (int) header.integer(isCompressedImage() ? "ZNAXIS1" : "NAXIS1", 0);
  }

  /** Rows of the image. */
  public int height() {
    return (int) header.integer(isCompressedImage() ? "ZNAXIS2" : "NAXIS2", 0);
  }

  /** BITPIX of the (uncompressed) image. */
  public int bitpix() {
    return (int) header.integer(isCompressedImage() ? "ZBITPIX" : "BITPIX", 0);
  }

  private boolean isTwoDimensional(String naxis) {
    long axes = header.integer(naxis, 0);
    if (axes < 2) {
      return false;
    }
    for (long axis = 3; axis <= axes; axis++) {
      if (header.integer(naxis + axis, 1) != 1) {
        return false;
      }
    }
    return isLength(header.integer(naxis + "1", 0)) && isLength(header.integer(naxis + "2", 0));
  }

  private static boolean isLength(long pixels) {
    return pixels > 0 && pixels <= Integer.MAX_VALUE;
  }
}
