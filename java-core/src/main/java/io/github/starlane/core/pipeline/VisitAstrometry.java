package io.github.starlane.core.pipeline;

import io.github.starlane.core.Workers;
import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.astrometry.solve.AstrometricSolution;
import io.github.starlane.core.astrometry.solve.AstrometricSolver;
import io.github.starlane.core.astrometry.solve.AstrometrySettings;
import io.github.starlane.core.astrometry.wcs.Wcs;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.CropGrid;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.core.visit.Visit;
import io.github.starlane.core.visit.VisitSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * World coordinates of a whole visit: blind on a crop near the middle of the first epoch that
 * yields, from there to all crops of that epoch, and from these to all other epochs.
 */
final class VisitAstrometry {
  private static final double NEIGHBOUR_REACH = 60;
  private static final double COADD_REACH = 6;

  private final Visit visit;
  private final CropGrid grid;
  private final AstrometrySettings settings;
  private final VisitSettings visitSettings;
  private final Workers workers;

  VisitAstrometry(
      Visit visit,
      CropGrid grid,
      AstrometrySettings settings,
      VisitSettings visitSettings,
      Workers workers) {
    this.visit = visit;
    this.grid = grid;
    this.settings = settings;
    this.visitSettings = visitSettings;
    this.workers = workers;
  }

  /**
   * Fills in the astrometry of all crops that can be solved; {@code epochDone} is called once per
   * epoch.
   */
  void solve(CropEpoch[][] epochs, ReferenceCatalog catalog, Runnable epochDone) {
    for (int e = 0; e < epochs.length; e++) {
      int c = firstSolved(epochs[e], visit.exposures().get(e), catalog);
      if (c >= 0) {
        spread(epochs, e, c, catalog);
        // The first epoch is finished before others look at it: results must not depend on timing.
        follow(epochs[e], epochs[e], true, catalog);
        epochDone.run();
        followFirst(epochs, e, catalog, epochDone);
        return;
      }
    }
  }

  private void followFirst(
      CropEpoch[][] epochs, int first, ReferenceCatalog catalog, Runnable epochDone) {
    List<Callable<Void>> rest = new ArrayList<>();
    for (int e = 0; e < epochs.length; e++) {
      CropEpoch[] crops = epochs[e];
      if (e != first) {
        rest.add(
            () -> {
              follow(crops, epochs[first], false, catalog);
              epochDone.run();
              return null;
            });
      }
    }
    workers.map(rest);
  }

  /** Solves the first crop that yields, from the middle outwards; −1 if none does. */
  private int firstSolved(CropEpoch[] crops, Exposure exposure, ReferenceCatalog catalog) {
    boolean pointed =
        Double.isFinite(exposure.rightAscension()) && Double.isFinite(exposure.declination());
    if (!pointed || !Double.isFinite(exposure.pixelScale())) {
      return -1;
    }
    for (int c : fromTheMiddle()) {
      if (crops[c].isGood()) {
        crops[c].astrometry =
            blind(crops[c].extraction.sources(), c, exposure, catalog).orElse(null);
        if (crops[c].astrometry != null) {
          return c;
        }
      }
    }
    return -1;
  }

  private Optional<AstrometricSolution> blind(
      SourceTable sources, int c, Exposure exposure, ReferenceCatalog catalog) {
    AstrometrySettings wide =
        new AstrometrySettings(
            settings.searchRadius() + distanceToMiddle(c) * exposure.pixelScale() / 3600,
            settings.scaleTolerance(),
            settings.minimumSignalToNoise(),
            settings.maximumDegree(),
            settings.minimumMatches(),
            settings.fineRadius());
    double[] pointing = {exposure.rightAscension(), exposure.declination()};
    return new AstrometricSolver(wide)
        .solveBlind(sources, size(c), pointing, exposure.pixelScale(), catalog);
  }

  private int[] fromTheMiddle() {
    return IntStream.range(0, grid.crops().size())
        .boxed()
        .sorted(Comparator.comparingDouble(this::distanceToMiddle))
        .mapToInt(c -> c)
        .toArray();
  }

  private double distanceToMiddle(int c) {
    Crop crop = grid.crops().get(c);
    return Math.hypot(
        crop.section().x() + crop.section().width() / 2.0 - grid.width() / 2.0,
        crop.section().y() + crop.section().height() / 2.0 - grid.height() / 2.0);
  }

  /**
   * From one solved crop to the others of its epoch, nearest first, each from its nearest solved
   * neighbour.
   */
  private void spread(CropEpoch[][] epochs, int e, int solved, ReferenceCatalog catalog) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, grid.crops().size()).boxed().toList());
    order.sort(Comparator.comparingDouble(c -> distance(c, solved)));
    for (int c : order) {
      CropEpoch crop = epochs[e][c];
      if (crop.isGood() && crop.astrometry == null) {
        int neighbour = nearestSolved(epochs[e], c);
        Wcs guess = shift(epochs[e][neighbour].astrometry.wcs(), neighbour, c);
        crop.astrometry =
            new AstrometricSolver(settings)
                .solveNear(crop.extraction.sources(), size(c), guess, catalog, NEIGHBOUR_REACH)
                .orElse(null);
      }
    }
  }

  private int nearestSolved(CropEpoch[] crops, int c) {
    int best = -1;
    for (int other = 0; other < crops.length; other++) {
      boolean nearer =
          crops[other].astrometry != null && (best < 0 || distance(other, c) < distance(best, c));
      best = nearer ? other : best;
    }
    return best;
  }

  /**
   * Solves the crops of an epoch from the same crops of the first solved epoch, or from a solved
   * neighbour of their own.
   */
  private void follow(
      CropEpoch[] crops, CropEpoch[] first, boolean same, ReferenceCatalog catalog) {
    AstrometricSolver solver = new AstrometricSolver(settings);
    for (int pass = 0; pass < 2; pass++) {
      for (int c : fromTheMiddle()) {
        if (crops[c].isGood() && crops[c].astrometry == null) {
          int neighbour = nearestSolved(crops, c);
          Wcs guess = null;
          if (pass == 0 && !same && first[c].astrometry != null) {
            guess = first[c].astrometry.wcs();
          } else if (pass == 1 && neighbour >= 0) {
            guess = shift(crops[neighbour].astrometry.wcs(), neighbour, c);
          }
          if (guess != null) {
            crops[c].astrometry =
                solver
                    .solveNear(
                        crops[c].extraction.sources(),
                        size(c),
                        guess,
                        catalog,
                        visitSettings.maximumShift())
                    .orElse(null);
          }
        }
      }
    }
  }

  private double distance(int a, int b) {
    Crop one = grid.crops().get(a);
    Crop other = grid.crops().get(b);
    return Math.hypot(
        one.section().x() - other.section().x(), one.section().y() - other.section().y());
  }

  /**
   * The linear part of a crop's coordinates, seen from another crop: distortion does not
   * extrapolate.
   */
  private Wcs shift(Wcs wcs, int from, int to) {
    Crop one = grid.crops().get(from);
    Crop other = grid.crops().get(to);
    return Wcs.tan(wcs.plane(), wcs.referenceX(), wcs.referenceY(), wcs.cd())
        .shifted(other.section().x() - one.section().x(), other.section().y() - one.section().y());
  }

  private AstrometricSolver.Size size(int c) {
    return size(grid.crops().get(c));
  }

  private static AstrometricSolver.Size size(Crop crop) {
    return new AstrometricSolver.Size(crop.section().width(), crop.section().height());
  }

  /**
   * World coordinates of a coadd, from those of its reference epoch; null if it cannot be solved.
   */
  static AstrometricSolution solveCoadd(
      SourceTable sources,
      Crop crop,
      Wcs reference,
      ReferenceCatalog catalog,
      AstrometrySettings settings) {
    return new AstrometricSolver(settings)
        .solveNear(sources, size(crop), reference, catalog, COADD_REACH)
        .orElse(null);
  }
}
