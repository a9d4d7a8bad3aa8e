package io.github.starlane.testdata;

import java.util.ArrayList;
import java.util.List;

/** Point sources on the chip in one exposure: position, electrons and how far to draw each. */
final class LightSources {
  /** A stamp may leave this fraction of the flux out … */
  private static final double LOST_FRACTION = 1e-4;

  /** … or this many electrons, whichever is more … */
  private static final double LOST_ELECTRONS = 0.3;

  /** … but never ends where it is still brighter than this [e⁻/px]. */
  private static final double EDGE_ELECTRONS = 0.05;

  private static final double MAX_RADIUS = 400;

  private final List<Source> sources = new ArrayList<>();

  /**
   * A star, or a piece of a moving one.
   *
   * @param x column in the light area, 0-based
   * @param y row in the light area, 0-based
   * @param flux electrons where the response is 1
   * @param radius how far to draw [px]
   * @param psf shape
   */
  record Source(double x, double y, double flux, double radius, PointSpreadFunction psf) {
    boolean touches(FrameGeometry frame) {
      return x > -radius
          && y > -radius
          && x < frame.lightWidth() + radius
          && y < frame.lightHeight() + radius;
    }
  }

  /** A source with the radius that keeps the promised precision. */
  static Source source(double x, double y, double flux, PsfField psfs) {
    PointSpreadFunction psf = psfs.at(x, y);
    double lost = Math.clamp(Math.max(LOST_FRACTION, LOST_ELECTRONS / flux), LOST_FRACTION, 0.5);
    double radius = Math.max(psf.radiusLosing(lost), psf.radiusDimmerThan(EDGE_ELECTRONS / flux));
    double drawn = Math.min(MAX_RADIUS, radius * psf.ellipse().stretch()) + 1;
    return new Source(x, y, flux, drawn, psf);
  }

  void add(Source source) {
    sources.add(source);
  }

  List<Source> sources() {
    return sources;
  }

  /**
   * For each band of raw rows the sources that reach into it, in the order in which they were
   * added: that order fixes the rounding of their sum.
   */
  List<List<Source>> byBand(FrameGeometry frame, int bandRows) {
    int count = (frame.rawHeight() + bandRows - 1) / bandRows;
    List<List<Source>> bands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bands.add(new ArrayList<>());
    }
    for (Source source : sources) {
      if (source.touches(frame)) {
        double row = source.y() + frame.unexposedRows();
        int first = (int) Math.max(0, Math.floor((row - source.radius()) / bandRows));
        int last = (int) Math.min(count - 1, Math.floor((row + source.radius()) / bandRows));
        for (int band = first; band <= last; band++) {
          bands.get(band).add(source);
        }
      }
    }
    return bands;
  }
}
