package io.github.starlane.core.astrometry.solve;

import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.astrometry.wcs.TangentPlane;
import io.github.starlane.core.astrometry.wcs.Wcs;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.QRDecomposition;

/**
 * World coordinates from sources and reference stars: blind in rotation and parity near a pointing,
 * or from a guess; then refined to TPV.
 */
public final class AstrometricSolver {
  private static final int BLIND_SOURCES = 40;
  private static final int MAXIMUM_BLIND_REFERENCES = 350;
  private static final double BLIND_TOLERANCE_PIXELS = 4;
  private static final double SHIFT_CELL_PIXELS = 3;
  private static final int SHIFT_STARS = 150;

  private final AstrometrySettings settings;

  /** A solver. */
  public AstrometricSolver(AstrometrySettings settings) {
    this.settings = settings;
  }

  /** Size of the image [pixel]. */
  public record Size(int width, int height) {
    double diagonal() {
      return Math.hypot(width, height);
    }
  }

  /**
   * Solves with unknown rotation and parity.
   *
   * @param pointing {RA, Dec} of about the image's centre [deg]
   * @param pixelScale [arcsec / pixel], good to the scale tolerance
   */
  public Optional<AstrometricSolution> solveBlind(
      SourceTable sources,
      Size size,
      double[] pointing,
      double pixelScale,
      ReferenceCatalog catalog) {
    double scale = pixelScale / 3600;
    double radius = settings.searchRadius() + scale * size.diagonal() / 2;
    ReferenceCatalog near = catalog.select(catalog.within(pointing[0], pointing[1], radius));
    TangentPlane plane = new TangentPlane(pointing[0], pointing[1]);
    int[] bright = brightest(sources, BLIND_SOURCES);
    double searched = Math.PI * radius * radius / (scale * scale * size.width() * size.height());
    int references =
        (int)
            Math.min(
                Math.min(MAXIMUM_BLIND_REFERENCES, near.count()),
                Math.ceil(1.3 * BLIND_SOURCES * searched));
    double[][] uv = project(plane, near, references, scale);
    double[] x = Arrays.stream(bright).mapToDouble(i -> sources.get(SourceColumn.X)[i]).toArray();
    double[] y = Arrays.stream(bright).mapToDouble(i -> sources.get(SourceColumn.Y)[i]).toArray();
    return new PatternMatcher(settings.scaleTolerance(), BLIND_TOLERANCE_PIXELS, true)
        .match(x, y, uv[0], uv[1])
        .flatMap(
            map ->
                refine(
                    sources,
                    size,
                    toWcs(map, plane, scale, size),
                    catalog,
                    2 * BLIND_TOLERANCE_PIXELS));
  }

  /** The pattern matcher's transform to plane pixels as a TAN system. */
  private static Wcs toWcs(PolynomialMap map, TangentPlane plane, double scale, Size size) {
    double cx = (size.width() - 1) / 2.0;
    double cy = (size.height() - 1) / 2.0;
    double[] centre = map.apply(cx, cy);
    double[] right = map.apply(cx + 1, cy);
    double[] up = map.apply(cx, cy + 1);
    double[] sky = plane.deproject(centre[0] * scale, centre[1] * scale);
    double[] cd = {
      (right[0] - centre[0]) * scale,
      (up[0] - centre[0]) * scale,
      (right[1] - centre[1]) * scale,
      (up[1] - centre[1]) * scale
    };
    return Wcs.tan(new TangentPlane(sky[0], sky[1]), cx, cy, cd);
  }

  /**
   * Solves from a guess that may be shifted.
   *
   * @param guess right but for a shift of at most {@code reach}
   * @param reach [pixel]
   */
  public Optional<AstrometricSolution> solveNear(
      SourceTable sources, Size size, Wcs guess, ReferenceCatalog catalog, double reach) {
    ReferenceCatalog near = catalog.select(near(catalog, guess, size, reach));
    int[] bright = brightest(sources, SHIFT_STARS);
    int n = Math.min(near.count(), 2 * SHIFT_STARS);
    double[] u = new double[n];
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      double[] p = guess.toPixel(near.ra()[i], near.dec()[i]);
      u[i] = p[0];
      v[i] = p[1];
    }
    double[] x = Arrays.stream(bright).mapToDouble(i -> sources.get(SourceColumn.X)[i]).toArray();
    double[] y = Arrays.stream(bright).mapToDouble(i -> sources.get(SourceColumn.Y)[i]).toArray();
    double[] shift = ShiftFinder.find(u, v, x, y, reach, SHIFT_CELL_PIXELS);
    return shift == null
        ? Optional.empty()
        : refine(
            sources, size, guess.shifted(-shift[0], -shift[1]), catalog, 2 * SHIFT_CELL_PIXELS);
  }

  /** Matches with a shrinking radius and fits TPV. */
  private Optional<AstrometricSolution> refine(
      SourceTable sources, Size size, Wcs guess, ReferenceCatalog catalog, double coarseRadius) {
    double[] centre = guess.toSky((size.width() - 1) / 2.0, (size.height() - 1) / 2.0);
    TangentPlane plane = new TangentPlane(centre[0], centre[1]);
    int[] nearby = near(catalog, guess, size, coarseRadius);
    ReferenceCatalog near = catalog.select(nearby);
    double scale = guess.pixelScale() / 3600;
    double[][] uv = project(plane, near, near.count(), scale);
    double[] referenceError =
        Arrays.stream(near.positionError())
            .map(e -> Double.isFinite(e) ? e / 3.6e6 / scale : 0)
            .toArray();
    int[] used = brightest(sources, Integer.MAX_VALUE);
    StarMatcher.Points from = points(sources, used);
    StarMatcher.Points to = new StarMatcher.Points(uv[0], uv[1], referenceError);
    PolynomialMap first = linear(guess, plane, scale, size);
    return new StarMatcher(coarseRadius, settings.fineRadius(), settings.maximumDegree())
        .refine(from, to, first)
        .filter(m -> m.count() >= settings.minimumMatches() && m.rms() < settings.fineRadius() / 2)
        .map(m -> solution(m, new Field(plane, scale, size, from, to, used, nearby)));
  }

  private static StarMatcher.Points points(SourceTable sources, int[] used) {
    double[] x = new double[used.length];
    double[] y = new double[used.length];
    double[] error = new double[used.length];
    for (int k = 0; k < used.length; k++) {
      x[k] = sources.get(SourceColumn.X)[used[k]];
      y[k] = sources.get(SourceColumn.Y)[used[k]];
      // A floor keeps a few very bright stars from deciding alone: pixel and PSF-model errors are
      // of this order.
      error[k] = Math.hypot(0.01, sources.get(SourceColumn.X_ERROR)[used[k]]);
    }
    return new StarMatcher.Points(x, y, error);
  }

  private static PolynomialMap linear(Wcs guess, TangentPlane plane, double scale, Size size) {
    double[] gx = new double[9];
    double[] gy = new double[9];
    double[] gu = new double[9];
    double[] gv = new double[9];
    double[] weights = new double[9];
    for (int k = 0; k < 9; k++) {
      gx[k] = (k % 3) * (size.width() - 1) / 2.0;
      gy[k] = (k / 3) * (size.height() - 1) / 2.0;
      double[] sky = guess.toSky(gx[k], gy[k]);
      double[] p = plane.project(sky[0], sky[1]);
      gu[k] = p[0] / scale;
      gv[k] = p[1] / scale;
      weights[k] = 1;
    }
    return PolynomialMap.fit(gx, gy, gu, gv, weights, 1);
  }

  /** Two lists of stars in the pixels of one tangent plane, and where they come from. */
  private record Field(
      TangentPlane plane,
      double scale,
      Size size,
      StarMatcher.Points from,
      StarMatcher.Points to,
      int[] sources,
      int[] references) {}

  private static AstrometricSolution solution(Match match, Field field) {
    Wcs wcs = tpv(match.map(), field.plane(), field.scale(), field.size());
    int n = match.count();
    double[] dx = new double[n];
    double[] dy = new double[n];
    int[] source = new int[n];
    int[] reference = new int[n];
    for (int k = 0; k < n; k++) {
      int i = match.first()[k];
      int j = match.second()[k];
      double[] sky =
          field
              .plane()
              .deproject(field.to().x()[j] * field.scale(), field.to().y()[j] * field.scale());
      double[] pixel = wcs.toPixel(sky[0], sky[1]);
      dx[k] = field.from().x()[i] - pixel[0];
      dy[k] = field.from().y()[i] - pixel[1];
      source[k] = field.sources()[i];
      reference[k] = field.references()[j];
    }
    return new AstrometricSolution(
        wcs, source, reference, dx, dy, match.rms() * field.scale() * 3600);
  }

  /**
   * Fits TPV to the polynomial on a grid over the image; exact, because TPV spans the same
   * polynomials.
   */
  private static Wcs tpv(PolynomialMap map, TangentPlane plane, double scale, Size size) {
    double cx = (size.width() - 1) / 2.0;
    double cy = (size.height() - 1) / 2.0;
    double h = Math.max(1, Math.min(size.width(), size.height()) / 8.0);
    double[] left = map.apply(cx - h, cy);
    double[] right = map.apply(cx + h, cy);
    double[] down = map.apply(cx, cy - h);
    double[] up = map.apply(cx, cy + h);
    double f = scale / (2 * h);
    double[] cd = {
      (right[0] - left[0]) * f,
      (up[0] - down[0]) * f,
      (right[1] - left[1]) * f,
      (up[1] - down[1]) * f
    };
    Wcs plain = Wcs.tan(plane, cx, cy, cd);
    int nodes = 9;
    double[][] rows1 = new double[nodes * nodes][];
    double[][] rows2 = new double[nodes * nodes][];
    double[] xi = new double[nodes * nodes];
    double[] eta = new double[nodes * nodes];
    for (int k = 0; k < nodes * nodes; k++) {
      double x = (k % nodes) * (size.width() - 1.0) / (nodes - 1);
      double y = (k / nodes) * (size.height() - 1.0) / (nodes - 1);
      double[] uv = plain.linear(x, y);
      double[] target = map.apply(x, y);
      rows1[k] = withoutRadial(Wcs.terms(uv[0], uv[1]));
      rows2[k] = withoutRadial(Wcs.terms(uv[1], uv[0]));
      xi[k] = target[0] * scale;
      eta[k] = target[1] * scale;
    }
    return new Wcs(plane, cx, cy, cd, withRadial(solve(rows1, xi)), withRadial(solve(rows2, eta)));
  }

  private static double[] solve(double[][] rows, double[] values) {
    // Columns differ by many orders of magnitude (1 … deg³): scale them first.
    int n = rows[0].length;
    double[] norm = new double[n];
    for (double[] row : rows) {
      for (int c = 0; c < n; c++) {
        norm[c] = Math.max(norm[c], Math.abs(row[c]));
      }
    }
    for (double[] row : rows) {
      for (int c = 0; c < n; c++) {
        row[c] /= norm[c];
      }
    }
    DecompositionSolver solver =
        new QRDecomposition(new Array2DRowRealMatrix(rows, false)).getSolver();
    double[] result = solver.solve(new ArrayRealVector(values, false)).toArray();
    for (int c = 0; c < n; c++) {
      result[c] /= norm[c];
    }
    return result;
  }

  private static double[] withoutRadial(double[] t) {
    return new double[] {t[0], t[1], t[2], t[4], t[5], t[6], t[7], t[8], t[9], t[10]};
  }

  private static double[] withRadial(double[] c) {
    return new double[] {c[0], c[1], c[2], 0, c[3], c[4], c[5], c[6], c[7], c[8], c[9]};
  }

  private static int[] near(ReferenceCatalog catalog, Wcs guess, Size size, double margin) {
    double[] centre = guess.toSky((size.width() - 1) / 2.0, (size.height() - 1) / 2.0);
    double radius = (size.diagonal() / 2 + margin + 20) * guess.pixelScale() / 3600;
    return catalog.within(centre[0], centre[1], radius);
  }

  /**
   * {u[], v[]}: the first {@code count} stars in the tangent plane, in pixels of the given scale
   * [deg].
   */
  private static double[][] project(
      TangentPlane plane, ReferenceCatalog catalog, int count, double scale) {
    double[] u = new double[count];
    double[] v = new double[count];
    for (int i = 0; i < count; i++) {
      double[] p = plane.project(catalog.ra()[i], catalog.dec()[i]);
      u[i] = p[0] / scale;
      v[i] = p[1] / scale;
    }
    return new double[][] {u, v};
  }

  /** Indices of usable sources, brightest first. */
  private int[] brightest(SourceTable sources, int limit) {
    double[] flux = sources.get(SourceColumn.FLUX_PSF);
    double[] x = sources.get(SourceColumn.X);
    return IntStream.range(0, sources.count())
        .filter(
            i ->
                Double.isFinite(x[i])
                    && SourceSelection.isStarLike(sources, i, settings.minimumSignalToNoise()))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -flux[i]))
        .limit(limit)
        .mapToInt(i -> i)
        .toArray();
  }
}
