package io.github.starlane.testdata;

/**
 * Where the light falls on a raw frame. As in a LAST frame, {@code unexposedRows} lie below the
 * light area and {@code overscanColumns} to its right; both record bias and read noise only.
 *
 * @param lightWidth columns that see the sky
 * @param lightHeight rows that see the sky
 * @param overscanColumns columns at the right, over the full height
 * @param unexposedRows rows at the bottom
 */
public record FrameGeometry(
    int lightWidth, int lightHeight, int overscanColumns, int unexposedRows) {
  /**
   * @throws IllegalArgumentException if a size is not positive or a border is negative
   */
  public FrameGeometry {
    Check.that(lightWidth >= 16 && lightHeight >= 16, "the light area must be at least 16 x 16");
    Check.that(overscanColumns >= 0 && unexposedRows >= 0, "borders must not be negative");
  }

  /** NAXIS1 of the raw frame. */
  public int rawWidth() {
    return lightWidth + overscanColumns;
  }

  /** NAXIS2 of the raw frame. */
  public int rawHeight() {
    return lightHeight + unexposedRows;
  }

  /** The light area as a FITS section, 1-based and inclusive, {@code [x1 x2 y1 y2]}. */
  public String lightSection() {
    return "[1 " + lightWidth + " " + (unexposedRows + 1) + " " + rawHeight() + "]";
  }

  /** The overscan as a FITS section, 1-based and inclusive, {@code [x1 x2 y1 y2]}. */
  public String overscanSection() {
    return "[" + (lightWidth + 1) + " " + rawWidth() + " 1 " + rawHeight() + "]";
  }

  /** Column of the middle of the light area, 0-based from its own corner. */
  double centreX() {
    return (lightWidth - 1) / 2.0;
  }

  /** Row of the middle of the light area, 0-based from its own corner. */
  double centreY() {
    return (lightHeight - 1) / 2.0;
  }
}
