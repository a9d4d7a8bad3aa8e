package io.github.starlane.core.frame;

import io.github.starlane.core.fits.Section;
import io.github.starlane.core.instrument.InstrumentProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides the light section of a detector into overlapping crops of near-equal size.
 *
 * <p>The first crop begins at the first pixel, the last ends at the last one, and the others stand
 * at equal distances. The overlap of two neighbours is shared out at its middle.
 *
 * @param width of the light section
 * @param height of the light section
 * @param crops along x first
 */
public record CropGrid(int width, int height, List<Crop> crops) {

  /** Longest edge that is not divided, in units of the aimed one. */
  private static final double LONGEST = 1.2;

  /**
   * How crops are laid out where the instrument's profile says nothing: aimed edge [pixel] and
   * overlap (fraction of it).
   */
  public record Layout(int size, double overlap) {}

  /** The grid of an exposure: by its profile's geometry if that is given, else by the layout. */
  public static CropGrid of(Exposure exposure, Layout layout) {
    Section light = exposure.light();
    for (InstrumentProfile.Geometry g : exposure.profile().geometries()) {
      if (g.columns() > 0 && g.width() == exposure.width() && g.height() == exposure.height()) {
        return grid(
            light,
            axis(light.width(), g.columns(), g.cropSize()),
            axis(light.height(), g.rows(), g.cropSize()));
      }
    }
    return of(light.width(), light.height(), layout);
  }

  /**
   * The grid of a light section by a layout: not divided at all unless an edge is longer than 1.2
   * times the aimed one.
   */
  public static CropGrid of(int width, int height, Layout layout) {
    boolean divide = Math.max(width, height) > LONGEST * layout.size();
    Section light = new Section(0, 0, width, height);
    return grid(light, axis(width, divide ? layout : null), axis(height, divide ? layout : null));
  }

  /** Start and length of each crop along one axis. */
  private record Axis(int[] start, int length) {}

  private static Axis axis(int length, Layout layout) {
    if (layout == null) {
      return new Axis(new int[] {0}, length);
    }
    double overlap = layout.overlap() * layout.size();
    long aimed = Math.round((length - overlap) / (layout.size() - overlap));
    int n = (int) Math.max(length > LONGEST * layout.size() ? 2 : 1, aimed);
    return axis(length, n, (int) Math.min(length, Math.ceil((length + (n - 1) * overlap) / n)));
  }

  private static Axis axis(int length, int n, int wanted) {
    int size = Math.min(wanted, length);
    int[] start = new int[n];
    for (int i = 0; i < n; i++) {
      start[i] = n == 1 ? 0 : (int) Math.round((double) i * (length - size) / (n - 1));
    }
    return new Axis(start, size);
  }

  private static CropGrid grid(Section light, Axis x, Axis y) {
    List<Crop> crops = new ArrayList<>();
    for (int j = 0; j < y.start.length; j++) {
      for (int i = 0; i < x.start.length; i++) {
        int x1 = core(x, i);
        int y1 = core(y, j);
        int x2 = i + 1 < x.start.length ? core(x, i + 1) : light.width();
        int y2 = j + 1 < y.start.length ? core(y, j + 1) : light.height();
        crops.add(
            new Crop(
                crops.size() + 1,
                new Section(x.start[i], y.start[j], x.length, y.length),
                new Section(x1, y1, x2 - x1, y2 - y1)));
      }
    }
    return new CropGrid(light.width(), light.height(), List.copyOf(crops));
  }

  /** First pixel that belongs to crop i alone: the middle of its overlap with the one before. */
  private static int core(Axis axis, int i) {
    return i == 0 ? 0 : (axis.start[i] + 1 + axis.start[i - 1] + axis.length) / 2;
  }
}
