package io.github.starlane.core.source;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfCore;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** The PSF at the nodes of a net over an image, from corner to corner. */
final class PsfPlaces {
  private static final int NODES = 5;

  private final int width;
  private final int height;
  private final PsfCore[] cores = new PsfCore[NODES * NODES];

  PsfPlaces(Psf psf, int width, int height) {
    this.width = width;
    this.height = height;
    for (int k = 0; k < cores.length; k++) {
      double x = (double) (k % NODES) * (width - 1) / (NODES - 1);
      double y = (double) (k / NODES) * (height - 1) / (NODES - 1);
      cores[k] = psf.coreAt(x, y);
    }
  }

  /** Second moments {xx, yy, xy} at a place, bilinearly between the nodes [pixel²]. */
  double[] moments(double x, double y) {
    double u = Math.clamp(x * (NODES - 1) / Math.max(1, width - 1), 0, NODES - 1);
    double v = Math.clamp(y * (NODES - 1) / Math.max(1, height - 1), 0, NODES - 1);
    int i = (int) Math.min(u, NODES - 2);
    int j = (int) Math.min(v, NODES - 2);
    double[] sum = new double[3];
    for (int k = 0; k < 4; k++) {
      double weight = (k % 2 == 0 ? 1 - u + i : u - i) * (k / 2 == 0 ? 1 - v + j : v - j);
      PsfCore core = cores[(j + k / 2) * NODES + i + k % 2];
      sum[0] += weight * core.xx();
      sum[1] += weight * core.yy();
      sum[2] += weight * core.xy();
    }
    return sum;
  }

  /** Largest minus smallest value at the nodes. */
  double range(ToDoubleFunction<PsfCore> value) {
    double[] all = Arrays.stream(cores).mapToDouble(value).toArray();
    return Arrays.stream(all).max().orElse(0) - Arrays.stream(all).min().orElse(0);
  }
}
