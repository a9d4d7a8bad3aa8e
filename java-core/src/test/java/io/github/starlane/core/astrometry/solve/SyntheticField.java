package io.github.starlane.core.astrometry.solve;

import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.testdata.PixelPoint;
import io.github.starlane.testdata.SkyPoint;
import io.github.starlane.testdata.TangentPlane;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A catalogue of 2.4° × 2.4° and an image in it: TPV by the simulator's own projection, positions
 * with noise, stars that are missing, and sources that are no stars of the catalogue.
 */
final class SyntheticField {
  static final int WIDTH = 1716;
  static final int HEIGHT = 1700;
  static final double SCALE = 1.25;
  static final AstrometrySettings SETTINGS = new AstrometrySettings(0.5, 0.02, 8, 3, 8, 1.5);

  private static final int STARS = 6000;
  private static final int STRANGERS = 60;
  private static final double HALF_EDGE = 1.2;

  final TangentPlane truth;
  final ReferenceCatalog catalog;
  final SourceTable sources;

  /** For each source the index of its star in the catalogue; −1 if it is none. */
  final int[] starOf;

  /**
   * A field.
   *
   * @param saturated so many of the brightest stars of the image are not among the sources
   */
  SyntheticField(long seed, SkyPoint centre, double degrees, boolean mirrored, int saturated) {
    RandomGenerator random = new SplittableRandom(seed);
    truth = camera(centre, degrees, mirrored);
    catalog = catalog(random, centre);
    int[] seen =
        IntStream.range(0, catalog.count()).filter(i -> inside(pixel(i))).skip(saturated).toArray();
    int n = seen.length + STRANGERS;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] error = new double[n];
    double[] flux = new double[n];
    double[] signalToNoise = new double[n];
    starOf = new int[n];
    for (int k = 0; k < n; k++) {
      boolean star = k < seen.length;
      double magnitude = star ? catalog.magnitude()[seen[k]] : magnitude(random);
      starOf[k] = star ? seen[k] : -1;
      flux[k] = Math.pow(10, 0.4 * (27 - magnitude - 0.1 * random.nextGaussian()));
      signalToNoise[k] = flux[k] / Math.sqrt(flux[k] + 1e4);
      error[k] = Math.max(0.01, 1.2 / signalToNoise[k]);
      PixelPoint at =
          star
              ? pixel(seen[k])
              : new PixelPoint(random.nextDouble(WIDTH), random.nextDouble(HEIGHT));
      x[k] = at.x() + error[k] * random.nextGaussian();
      y[k] = at.y() + error[k] * random.nextGaussian();
    }
    sources =
        new SourceTable(n)
            .set(SourceColumn.X, x)
            .set(SourceColumn.Y, y)
            .set(SourceColumn.X_ERROR, error)
            .set(SourceColumn.Y_ERROR, error)
            .set(SourceColumn.FLUX_PSF, flux)
            .set(SourceColumn.SN, signalToNoise)
            .set(SourceColumn.FLAGS, new double[n]);
  }

  private static TangentPlane camera(SkyPoint centre, double degrees, boolean mirrored) {
    double s = SCALE / 3600 * 1.007;
    double c = s * Math.cos(Math.toRadians(degrees));
    double d = s * Math.sin(Math.toRadians(degrees));
    double parity = mirrored ? -1 : 1;
    List<Double> cd = List.of(-c * parity, d, d * parity, c);
    // The reference pixel lies outside of the image, as for the crops of a large detector: the
    // distortion is up to 3 pixels and not symmetric.
    return new TangentPlane(
        centre,
        new PixelPoint(1500, -300),
        cd,
        List.of(0.0, 1.0, 0.0, 0.0, 1e-3, -5e-4, 2e-4, -3e-3, 1e-3, -2e-3, 1e-3),
        List.of(0.0, 1.0, 0.0, 0.0, -4e-4, 3e-4, 6e-4, 2e-3, -1e-3, 2e-3, -1e-3));
  }

  /** 2.2 times more stars in each magnitude, as in the sky. */
  private static double magnitude(RandomGenerator random) {
    return 19 + Math.log(1 - random.nextDouble()) / Math.log(2.2);
  }

  /** Brightest first. */
  private static ReferenceCatalog catalog(RandomGenerator random, SkyPoint centre) {
    double[] ra = new double[STARS];
    double[] dec = new double[STARS];
    double[] magnitude = new double[STARS];
    for (int i = 0; i < STARS; i++) {
      dec[i] = centre.dec() + random.nextDouble(-HALF_EDGE, HALF_EDGE);
      double width = HALF_EDGE / Math.cos(Math.toRadians(dec[i]));
      ra[i] = (centre.ra() + random.nextDouble(-width, width) + 360) % 360;
      magnitude[i] = magnitude(random);
    }
    double[] error = new double[STARS];
    Arrays.fill(error, 0.5);
    int[] order =
        IntStream.range(0, STARS)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> magnitude[i]))
            .mapToInt(i -> i)
            .toArray();
    return new ReferenceCatalog("synthetic", ra, dec, error, magnitude, new double[STARS])
        .select(order);
  }

  private PixelPoint pixel(int star) {
    return truth.toPixel(new SkyPoint(catalog.ra()[star], catalog.dec()[star]));
  }

  private static boolean inside(PixelPoint p) {
    return p.x() > 3 && p.x() < WIDTH - 4 && p.y() > 3 && p.y() < HEIGHT - 4;
  }

  /** {RA, Dec} of the middle of the image, moved by so much along each axis. */
  double[] pointing(double east, double north) {
    SkyPoint middle = truth.toSky(new PixelPoint(WIDTH / 2.0, HEIGHT / 2.0));
    double dec = middle.dec() + north;
    return new double[] {middle.ra() + east / Math.cos(Math.toRadians(dec)), dec};
  }

  static AstrometricSolver.Size size() {
    return new AstrometricSolver.Size(WIDTH, HEIGHT);
  }
}
