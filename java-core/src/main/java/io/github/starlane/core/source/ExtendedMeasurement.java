package io.github.starlane.core.source;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.List;

/** Measures galaxies: adaptive moments and Kron apertures, where all else has been taken off. */
final class ExtendedMeasurement {
  /** The window reaches at least so many times the ellipse. */
  private static final double WINDOW = 8.5;

  private static final int MOST_HALF = 300;

  private final Backend backend;
  private final SourceImage image;

  ExtendedMeasurement(Backend backend, SourceImage image) {
    this.backend = backend;
    this.image = image;
  }

  /**
   * Adds the columns; rows of stars are NaN where only galaxies are measured.
   *
   * @param residual what stars, and the cores of galaxies, leave over
   */
  void add(SourceTable table, ExtendedSources.Result extended, Residual residual) {
    int n = table.count();
    double[] isExtended = new double[n];
    double[] flux = nothing(n);
    double[] fluxError = nothing(n);
    double[] kron = nothing(n);
    List<Galaxy> galaxies = extended.galaxies();
    if (!galaxies.isEmpty()) {
      int[] bits = backend.toHost(image.frame().mask());
      try (Plane light = residual.withBack(cores(table, galaxies))) {
        for (Galaxy galaxy : galaxies) {
          int row = galaxy.source();
          Cutout cutout = cut(galaxy, light, residual.noise(), bits);
          SourceEllipse ellipse = measureAgain(cutout, galaxy.ellipse());
          KronAperture.Flux measured =
              KronAperture.measure(cutout, ellipse, galaxy.extent(), image.gain());
          isExtended[row] = 1;
          flux[row] = measured.flux();
          fluxError[row] = measured.error();
          kron[row] = measured.radius();
          setShape(table, row, ellipse, AdaptiveMoments.errors(cutout, ellipse, image.gain()));
        }
      }
    }
    table
        .set(SourceColumn.EXTENDED, isExtended)
        .set(SourceColumn.FLUX_AUTO, flux)
        .set(SourceColumn.FLUX_AUTO_ERROR, fluxError)
        .set(SourceColumn.KRON_RADIUS, kron);
    addStarGalaxy(table, extended.floor());
  }

  private static double[] nothing(int n) {
    double[] values = new double[n];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static Stars cores(SourceTable table, List<Galaxy> galaxies) {
    int[] rows =
        galaxies.stream()
            .mapToInt(Galaxy::source)
            .filter(i -> table.get(SourceColumn.FLUX_PSF)[i] > 0)
            .toArray();
    return new Stars(
        Arrays.stream(rows).mapToDouble(i -> table.get(SourceColumn.X)[i]).toArray(),
        Arrays.stream(rows).mapToDouble(i -> table.get(SourceColumn.Y)[i]).toArray(),
        Arrays.stream(rows).mapToDouble(i -> table.get(SourceColumn.FLUX_PSF)[i]).toArray());
  }

  private Cutout cut(Galaxy galaxy, Plane light, Plane noise, int[] bits) {
    SourceEllipse ellipse = galaxy.ellipse();
    double reach = Math.max(WINDOW, galaxy.extent() + 0.5) * ellipse.major();
    int half = (int) Math.min(MOST_HALF, Math.ceil(reach) + 1);
    return Cutout.of(backend, light, noise, bits, ellipse.x(), ellipse.y(), half)
        .completed(ellipse.x(), ellipse.y());
  }

  private static SourceEllipse measureAgain(Cutout cutout, SourceEllipse before) {
    SourceEllipse again = new AdaptiveMoments(2 * before.major(), 1).measure(cutout, before);
    return again == null || again.major() > 2 * before.major() ? before : again;
  }

  private static void setShape(
      SourceTable table, int row, SourceEllipse e, AdaptiveMoments.Errors errors) {
    table.get(SourceColumn.X)[row] = e.x();
    table.get(SourceColumn.Y)[row] = e.y();
    table.get(SourceColumn.X_ERROR)[row] = errors.x();
    table.get(SourceColumn.Y_ERROR)[row] = errors.y();
    table.get(SourceColumn.MAJOR_AXIS)[row] = e.major();
    table.get(SourceColumn.MINOR_AXIS)[row] = e.minor();
    table.get(SourceColumn.ANGLE)[row] = Math.toDegrees(e.angle());
    table.get(SourceColumn.MAJOR_AXIS_ERROR)[row] = errors.major();
    table.get(SourceColumn.MINOR_AXIS_ERROR)[row] = errors.minor();
    table.get(SourceColumn.ANGLE_ERROR)[row] = Math.toDegrees(errors.angle());
  }

  private static void addStarGalaxy(SourceTable table, double floor) {
    double[] spread = table.get(SourceColumn.SPREAD);
    double[] error = table.get(SourceColumn.SPREAD_ERROR);
    double[] probability = new double[spread.length];
    for (int i = 0; i < probability.length; i++) {
      probability[i] = StarGalaxy.probability(spread[i], error[i], floor);
    }
    table.set(SourceColumn.STAR_GALAXY, probability);
  }
}
