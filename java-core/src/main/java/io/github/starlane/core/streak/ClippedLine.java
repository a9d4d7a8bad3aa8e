package io.github.starlane.core.streak;

import io.github.starlane.kernels.radon.Band;

/**
 * A line made longer at either end, as far as the image goes.
 *
 * @param line from the left to the right
 * @param firstAtEdge whether it begins at the image's edge
 * @param secondAtEdge whether it ends there
 */
record ClippedLine(Band line, boolean firstAtEdge, boolean secondAtEdge) {

  /** Makes a segment longer by so many pixels at either end; null if it misses the image. */
  static ClippedLine extend(Band segment, double by, double halfWidth, int width, int height) {
    boolean turned = segment.x1() > segment.x2();
    double x = turned ? segment.x2() : segment.x1();
    double y = turned ? segment.y2() : segment.y1();
    double length = segment.length();
    double dx = ((turned ? segment.x1() : segment.x2()) - x) / length;
    double dy = ((turned ? segment.y1() : segment.y2()) - y) / length;
    double[] range = {-by, length + by};
    clip(range, x, dx, width);
    clip(range, y, dy, height);
    if (!(range[1] - range[0] > 1)) {
      return null;
    }
    Band line =
        new Band(
            x + range[0] * dx, y + range[0] * dy, x + range[1] * dx, y + range[1] * dy, halfWidth);
    return new ClippedLine(line, range[0] > -by, range[1] < length + by);
  }

  /** Cuts a range of a line's parameter to the pixels 0 … size − 1 and their outer halves. */
  private static void clip(double[] range, double at, double slope, int size) {
    if (slope == 0) {
      range[1] = at >= -0.5 && at <= size - 0.5 ? range[1] : range[0];
      return;
    }
    double a = (-0.5 - at) / slope;
    double b = (size - 0.5 - at) / slope;
    range[0] = Math.max(range[0], Math.min(a, b));
    range[1] = Math.min(range[1], Math.max(a, b));
  }
}
