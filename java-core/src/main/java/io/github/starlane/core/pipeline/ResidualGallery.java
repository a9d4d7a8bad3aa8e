package io.github.starlane.core.pipeline;

import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.CropGrid;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.report.Thumbnail;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Pictures of what the sources leave over, around the brightest star that is not overexposed, in
 * the middle and far from it in the first good epoch: rings there would tell of a wrong PSF.
 */
final class ResidualGallery {
  /** Side of a picture [pixel]. */
  private static final int SIDE = 240;

  private final Backend backend;
  private final CropGrid grid;
  private final List<Integer> chosen;
  private int epoch = -1;

  /** By crop. */
  private final TreeMap<Integer, ReportData.ResidualPicture> pictures = new TreeMap<>();

  private final TreeMap<Integer, Kept> kept = new TreeMap<>();

  /** Pixels of a crop [electron] and of its residual [σ]. */
  private record Kept(float[] image, float[] residual) {}

  ResidualGallery(Backend backend, CropGrid grid) {
    this.backend = backend;
    this.grid = grid;
    int middle = extreme(grid.width() / 2.0, grid.height() / 2.0, 1);
    Section s = grid.crops().get(middle).section();
    int farthest = extreme(s.x() + s.width() / 2.0, s.y() + s.height() / 2.0, -1);
    this.chosen = middle == farthest ? List.of(middle) : List.of(middle, farthest);
  }

  /** The crop nearest to a place, or with sign −1 the farthest one. */
  private int extreme(double x, double y, int sign) {
    Comparator<Crop> distance =
        Comparator.comparingDouble(
            c ->
                sign
                    * Math.hypot(
                        c.section().x() + c.section().width() / 2.0 - x,
                        c.section().y() + c.section().height() / 2.0 - y));
    return grid.crops().indexOf(grid.crops().stream().min(distance).orElseThrow());
  }

  /** Says that an epoch can be used; the first one is. */
  void offer(int e) {
    if (epoch < 0) {
      epoch = e;
    }
  }

  /** What keeps the residual of a crop; null if none is wanted. */
  Consumer<Plane> keeper(int e, int c, CalibratedFrame frame) {
    if (e != epoch || !chosen.contains(c)) {
      return null;
    }
    return residual -> {
      float[] left = backend.toHost(residual).clone();
      float[] variance = backend.toHost(frame.variance());
      for (int k = 0; k < left.length; k++) {
        left[k] /= (float) Math.sqrt(variance[k]);
      }
      synchronized (kept) {
        kept.put(c, new Kept(backend.toHost(frame.image()).clone(), left));
      }
    };
  }

  /** Draws what was kept of a crop, if anything was. */
  void draw(int e, int c, SourceTable sources) {
    Kept pixels;
    synchronized (kept) {
      pixels = e == epoch ? kept.remove(c) : null;
    }
    if (pixels == null) {
      return;
    }
    Section s = grid.crops().get(c).section();
    int width = Math.min(SIDE, s.width());
    int height = Math.min(SIDE, s.height());
    int star = brightest(sources);
    double x = star < 0 ? s.width() / 2.0 : sources.get(SourceColumn.X)[star];
    double y = star < 0 ? s.height() / 2.0 : sources.get(SourceColumn.Y)[star];
    int left = Math.clamp((long) (x - width / 2.0), 0, s.width() - width);
    int bottom = Math.clamp((long) (y - height / 2.0), 0, s.height() - height);
    float[] image = cut(pixels.image, s.width(), left, bottom, width, height);
    float[] residual = cut(pixels.residual, s.width(), left, bottom, width, height);
    ReportData.ResidualPicture picture =
        new ReportData.ResidualPicture(
            epoch + 1,
            grid.crops().get(c).id(),
            s.x() + left + 1,
            s.y() + bottom + 1,
            Thumbnail.png(image, width, height, SIDE),
            Thumbnail.significance(residual, width, height));
    synchronized (pictures) {
      pictures.put(c, picture);
    }
  }

  private static int brightest(SourceTable sources) {
    double[] flux = sources.get(SourceColumn.FLUX_PSF);
    double[] flags = sources.get(SourceColumn.FLAGS);
    int wrong = MaskBit.of(MaskBit.SATURATED, MaskBit.NON_LINEAR);
    int best = -1;
    for (int i = 0; i < flux.length; i++) {
      boolean good = ((long) flags[i] & wrong) == 0;
      if (good && flux[i] > 0 && (best < 0 || flux[i] > flux[best])) {
        best = i;
      }
    }
    return best;
  }

  private static float[] cut(
      float[] pixels, int stride, int left, int bottom, int width, int height) {
    float[] part = new float[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, (bottom + y) * stride + left, part, y * width, width);
    }
    return part;
  }

  /** The middle first. */
  List<ReportData.ResidualPicture> pictures() {
    synchronized (pictures) {
      return chosen.stream().map(pictures::get).filter(p -> p != null).toList();
    }
  }
}
