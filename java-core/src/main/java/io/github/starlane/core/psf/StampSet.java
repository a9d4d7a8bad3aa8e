package io.github.starlane.core.psf;

import java.util.List;

/** The stars of all parts behind each other, with what the fits have made of them. Mutable. */
final class StampSet {
  /** The part that a star comes from. */
  final PsfStars[] part;

  /** Its number in there. */
  final int[] index;

  final double[] x;
  final double[] y;
  final double[] flux;
  final double[] skyVariance;
  final double[] xx;
  final double[] yy;
  final double[] xy;

  /** Where the star was first taken to be. */
  final double[] startX;

  final double[] startY;

  /** Level of the sky under the star, from the rim of its stamp. */
  final double[] sky;

  /** χ² per degree of freedom of the last fit; NaN where that failed. */
  final double[] chi;

  /** Whether the star still counts. */
  final boolean[] used;

  StampSet(List<PsfStars> parts) {
    int n = parts.stream().mapToInt(PsfStars::count).sum();
    part = new PsfStars[n];
    index = new int[n];
    x = new double[n];
    y = new double[n];
    flux = new double[n];
    skyVariance = new double[n];
    xx = new double[n];
    yy = new double[n];
    xy = new double[n];
    sky = new double[n];
    chi = new double[n];
    used = new boolean[n];
    int to = 0;
    for (PsfStars p : parts) {
      System.arraycopy(p.x(), 0, x, to, p.count());
      System.arraycopy(p.y(), 0, y, to, p.count());
      System.arraycopy(p.flux(), 0, flux, to, p.count());
      System.arraycopy(p.skyVariance(), 0, skyVariance, to, p.count());
      System.arraycopy(p.xx(), 0, xx, to, p.count());
      System.arraycopy(p.yy(), 0, yy, to, p.count());
      System.arraycopy(p.xy(), 0, xy, to, p.count());
      for (int k = 0; k < p.count(); k++) {
        part[to] = p;
        index[to] = k;
        used[to] = true;
        to++;
      }
    }
    startX = x.clone();
    startY = y.clone();
  }

  int count() {
    return x.length;
  }

  int usedCount() {
    int n = 0;
    for (boolean u : used) {
      n += u ? 1 : 0;
    }
    return n;
  }
}
