package io.github.starlane.kernels.psffit;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import io.github.starlane.kernels.SweepOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the CPU versions share; they differ in their {@link PsfEngine}. */
abstract class ImagePsfFit implements PsfFit {

  /** Sweeps over the parts of a group that is too large to be fitted at once. */
  private static final int MAXIMUM_SWEEPS = 8;

  /** Fluxes stand still when they change by less than this share of their error. */
  private static final double SETTLED_SHARE = 0.02;

  /**
   * The spline that a thread used last: stars come in many calls with the same PSF. It follows from
   * the PSF alone, so that results do not depend on what was fitted before.
   */
  private static final ThreadLocal<SplineBasis> LATEST = new ThreadLocal<>();

  private final PsfEngine engine;

  ImagePsfFit(PsfEngine engine) {
    this.engine = engine;
  }

  @SuppressWarnings("ReferenceEquality") // comparing the values would take as long as a new spline
  private static SplineBasis basis(PsfModel psf) {
    SplineBasis basis = LATEST.get();
    if (basis == null || basis.model != psf) {
      basis = new SplineBasis(psf);
      LATEST.set(basis);
    }
    return basis;
  }

  @Override
  public final PsfFitResult fit(
      Plane image,
      Plane variance,
      MaskPlane mask,
      PsfModel psf,
      Stars stars,
      PsfFitParameters parameters) {
    Shapes.requireSize("the variance", variance, image.width(), image.height());
    Shapes.requireSize("the mask", mask, image.width(), image.height());
    PsfFitResult result = empty(stars.count());
    GroupFitter fitter =
        new GroupFitter(engine, basis(psf), image, variance, mask, stars, parameters, result);
    List<List<int[]>> groups =
        StarGroups.link(stars, parameters.groupRadius(), parameters.maximumGroup());
    for (List<int[]> parts : inSweepOrder(groups, stars)) {
      fitParts(fitter, parts, result);
    }
    return result;
  }

  /** The groups in the order in which a sweep over the image meets the first star of each. */
  private static List<List<int[]>> inSweepOrder(List<List<int[]>> groups, Stars stars) {
    double[] x = groups.stream().mapToDouble(parts -> stars.x()[parts.get(0)[0]]).toArray();
    double[] y = groups.stream().mapToDouble(parts -> stars.y()[parts.get(0)[0]]).toArray();
    return Arrays.stream(SweepOrder.of(x, y)).mapToObj(groups::get).toList();
  }

  /** Fits the parts of a group in turn, the others held, until their fluxes stand still. */
  private static void fitParts(GroupFitter fitter, List<int[]> parts, PsfFitResult result) {
    int sweeps = parts.size() == 1 ? 1 : MAXIMUM_SWEEPS;
    boolean settled = false;
    for (int sweep = 0; sweep < sweeps && !settled; sweep++) {
      settled = true;
      for (int[] part : parts) {
        double[] before = new double[part.length];
        for (int k = 0; k < part.length; k++) {
          before[k] = result.flux()[part[k]];
        }
        List<int[]> others = new ArrayList<>(parts);
        others.remove(part);
        fitter.fit(part, others);
        for (int k = 0; k < part.length; k++) {
          double change = Math.abs(result.flux()[part[k]] - before[k]);
          settled &= !(change > SETTLED_SHARE * result.fluxError()[part[k]]);
          settled &= sweep > 0;
        }
      }
    }
  }

  @Override
  public final void addStars(Plane image, PsfModel psf, Stars stars, double factor, int radius) {
    float[] pixels = HostPlane.pixels(image);
    PsfSampler sampler = engine.newSampler(basis(psf));
    Stamp stamp = new Stamp();
    int reach = Math.min(radius, psf.radius());
    for (int k : SweepOrder.of(stars.x(), stars.y())) {
      double x = stars.x()[k];
      double y = stars.y()[k];
      // Also refuses NaN.
      boolean near =
          x > -reach - 1
              && y > -reach - 1
              && x < image.width() + reach
              && y < image.height() + reach;
      if (!near || !Double.isFinite(stars.flux()[k])) {
        continue;
      }
      int x0 = Math.max(0, (int) Math.round(x) - reach);
      int y0 = Math.max(0, (int) Math.round(y) - reach);
      int x1 = Math.min(image.width() - 1, (int) Math.round(x) + reach);
      int y1 = Math.min(image.height() - 1, (int) Math.round(y) + reach);
      if (x0 <= x1 && y0 <= y1) {
        stamp.reshape(x0, y0, x1 - x0 + 1, y1 - y0 + 1, engine.alignment());
        sampler.place(x, y);
        sampler.sample(x, y, stamp, false);
        draw(pixels, image.width(), stamp, factor * stars.flux()[k]);
      }
    }
  }

  private static void draw(float[] pixels, int width, Stamp stamp, double flux) {
    for (int j = 0; j < stamp.height; j++) {
      int to = (stamp.y0 + j) * width + stamp.x0;
      for (int i = 0; i < stamp.width; i++) {
        pixels[to + i] = (float) (pixels[to + i] + flux * stamp.value[j * stamp.stride + i]);
      }
    }
  }

  private static PsfFitResult empty(int n) {
    double[][] columns = new double[8][n];
    for (double[] column : columns) {
      Arrays.fill(column, Double.NaN);
    }
    return new PsfFitResult(
        columns[0],
        columns[1],
        columns[2],
        columns[3],
        columns[4],
        columns[5],
        columns[6],
        columns[7],
        new int[n],
        new int[n],
        new int[n]);
  }
}
