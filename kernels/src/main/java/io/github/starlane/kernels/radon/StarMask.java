package io.github.starlane.kernels.radon;

import java.util.Arrays;

/**
 * Takes the weight of compact groups of pixels where a star would be significant, and of what is
 * around them. Groups are connected over edges and corners; one is elongated, and kept, if it is
 * long and its length is some times its width, both from its second moments.
 */
final class StarMask {

  /** Least ratio of the axes of a streak's piece. */
  private static final double ELONGATED = 3;

  /** Pixels around a group, and more for large groups, as a share of their radius. */
  private static final int GROWTH = 2;

  private static final double HALO = 0.5;

  private final StreakImage image;
  private final int shortest;

  /** Pixels above the limit that no group has yet. */
  private final boolean[] bright;

  private int[] group = new int[1024];
  private int size;

  private StarMask(StreakImage image, PsfProfile psf, double limit, int shortest) {
    this.image = image;
    this.shortest = shortest;
    bright = new boolean[image.signal.length];
    double scale = limit * Math.sqrt(psf.correlation(0, 0));
    for (int i = 0; i < bright.length; i++) {
      bright[i] =
          image.weight[i] > 0 && image.smoothSignal[i] > scale * Math.sqrt(image.smoothWeight[i]);
    }
  }

  /** Brings J and K up to date, before and, if need be, after. */
  static void apply(StreakImage image, PsfProfile psf, double limit, int shortest) {
    image.smooth();
    if (limit < Double.POSITIVE_INFINITY) {
      new StarMask(image, psf, limit, shortest).eraseStars();
      image.smooth();
    }
  }

  private void eraseStars() {
    for (int i = 0; i < bright.length; i++) {
      if (bright[i]) {
        collect(i);
        if (isCompact()) {
          eraseGroup();
        }
      }
    }
  }

  private void collect(int start) {
    size = 0;
    take(start);
    for (int k = 0; k < size; k++) {
      int x = group[k] % image.width;
      int y = group[k] / image.width;
      for (int j = Math.max(0, y - 1); j <= Math.min(image.height - 1, y + 1); j++) {
        for (int i = Math.max(0, x - 1); i <= Math.min(image.width - 1, x + 1); i++) {
          if (bright[j * image.width + i]) {
            take(j * image.width + i);
          }
        }
      }
    }
  }

  private void take(int index) {
    bright[index] = false;
    if (size == group.length) {
      group = Arrays.copyOf(group, 2 * size);
    }
    group[size++] = index;
  }

  private boolean isCompact() {
    double sx = 0;
    double sy = 0;
    for (int k = 0; k < size; k++) {
      sx += group[k] % image.width;
      sy += group[k] / image.width;
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int k = 0; k < size; k++) {
      double dx = group[k] % image.width - sx / size;
      double dy = group[k] / image.width - sy / size;
      xx += dx * dx / size;
      yy += dy * dy / size;
      xy += dx * dy / size;
    }
    double mean = (xx + yy) / 2;
    double difference = Math.hypot((xx - yy) / 2, xy);
    // A pixel's own extent, 1/12, is part of the width.
    double major = Math.sqrt(mean + difference + 1.0 / 12);
    double minor = Math.sqrt(Math.max(0, mean - difference) + 1.0 / 12);
    return major < ELONGATED * minor || Math.sqrt(12) * major < shortest;
  }

  private void eraseGroup() {
    int growth = GROWTH + (int) Math.ceil(HALO * Math.sqrt(size / Math.PI));
    for (int k = 0; k < size; k++) {
      int x = group[k] % image.width;
      int y = group[k] / image.width;
      for (int j = Math.max(0, y - growth); j <= Math.min(image.height - 1, y + growth); j++) {
        for (int i = Math.max(0, x - growth); i <= Math.min(image.width - 1, x + growth); i++) {
          image.erase(i, j);
        }
      }
    }
  }
}
