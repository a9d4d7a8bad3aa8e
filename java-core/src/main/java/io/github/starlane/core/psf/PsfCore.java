package io.github.starlane.core.psf;

/**
 * The little that is quickly known of a PSF at a place.
 *
 * @param xx second moment along x, in a window that is the same all over the image [pixel²]
 * @param yy second moment along y
 * @param xy mixed second moment
 * @param light fraction of the flux within a radius
 */
public record PsfCore(double xx, double yy, double xy, double light) {

  static PsfCore of(PsfGrid grid, double window, double radius) {
    double[] m = grid.moments(window);
    double light = 0;
    double limit = radius * radius;
    for (int j = 0; j < grid.size; j++) {
      double y2 = grid.offset(j) * grid.offset(j);
      for (int i = 0; i < grid.size; i++) {
        if (grid.offset(i) * grid.offset(i) + y2 <= limit) {
          light += grid.values[j * grid.size + i];
        }
      }
    }
    return new PsfCore(m[2], m[3], m[4], light / (grid.oversampling * grid.oversampling));
  }
}
