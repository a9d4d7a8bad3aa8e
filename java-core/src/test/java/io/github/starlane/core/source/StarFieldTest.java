package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.Statistics;
import io.github.starlane.testdata.CramerRaoBound;
import io.github.starlane.testdata.Ellipse;
import io.github.starlane.testdata.Moffat;
import io.github.starlane.testdata.PointSpreadFunction;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Crops of a wide-field camera, whose PSF changes across them, against what was drawn. */
class StarFieldTest {
  private static final int EDGE = 1716;

  /** S/N of the faintest sources. */
  private static final double THRESHOLD = 5;

  /** So near to the edge nothing is asked for [pixel]. */
  private static final double MARGIN = 10;

  /** Wider and more elongated towards one corner. */
  private static PointSpreadFunction psf(double x, double y) {
    double along = (x + y) / (2.0 * EDGE);
    double across = (x - y) / EDGE;
    return new Moffat(2.3 + 0.4 * along, 3, Ellipse.ofEllipticity(0.1 * along, 0.04 * across));
  }

  /** A sum over stars. */
  private static final class Sums {
    int n;
    double flux;
    double position;
    double fluxPull;
    double positionPull;

    void add(SourceTable table, int row, SimulatedImage.Star star, CramerRaoBound bound) {
      double dx = table.get(SourceColumn.X)[row] - star.x();
      double dy = table.get(SourceColumn.Y)[row] - star.y();
      double df = table.get(SourceColumn.FLUX_PSF)[row] - star.flux();
      n++;
      flux += square(df / bound.flux());
      position += (square(dx / bound.x()) + square(dy / bound.y())) / 2;
      fluxPull += square(df / table.get(SourceColumn.FLUX_PSF_ERROR)[row]);
      positionPull +=
          (square(dx / table.get(SourceColumn.X_ERROR)[row])
                  + square(dy / table.get(SourceColumn.Y_ERROR)[row]))
              / 2;
    }

    private static double square(double v) {
      return v * v;
    }

    private double rms(double sum) {
      return Math.sqrt(sum / n);
    }
  }

  /** Isolated stars in three crops: the scatter of 6600 is known to 1 %. */
  @Test
  void scattersReachTheBoundAndNothingTiltsAcrossTheCrop() {
    Sums all = new Sums();
    Sums bright = new Sums();
    for (int seed = 11; seed < 14; seed++) {
      SimulatedImage image = new SimulatedImage(EDGE, EDGE, seed, StarFieldTest::psf);
      image.grid(36, 1600, 100_000);
      SourceTable table = image.expose().extract().sources();
      int[] rows = image.rows(table, 1);
      List<double[]> ratios = new ArrayList<>();
      for (int k = 0; k < rows.length; k++) {
        SimulatedImage.Star star = image.stars.get(k);
        assertThat(rows[k]).as("star %d", k).isNotNegative();
        CramerRaoBound bound = image.boundOf(star);
        all.add(table, rows[k], star, bound);
        if (star.flux() > 200 * bound.flux()) {
          bright.add(table, rows[k], star, bound);
        }
        double ratio = table.get(SourceColumn.FLUX_PSF)[rows[k]] / star.flux() - 1;
        double relative = bound.flux() / star.flux();
        ratios.add(new double[] {star.x() / EDGE, star.y() / EDGE, ratio, relative});
      }
      double[] tilt = tilt(ratios);
      // 2 mmag from edge to edge.
      assertThat(Math.hypot(tilt[0], tilt[1])).isLessThan(0.0018421);
    }
    assertThat(all.rms(all.flux)).isLessThan(1.05);
    assertThat(all.rms(all.position)).isLessThan(1.05);
    assertThat(all.rms(all.fluxPull)).isBetween(0.97, 1.05);
    assertThat(all.rms(all.positionPull)).isBetween(0.97, 1.05);
    // 950 stars above S/N 200, whose scatter is known to 2.3 %.
    assertThat(bright.rms(bright.flux)).isLessThan(1.08);
    assertThat(bright.rms(bright.position)).isLessThan(1.08);
  }

  /** Change of flux over truth from edge to edge along both axes, by weighted least squares. */
  private static double[] tilt(List<double[]> rows) {
    double[] sums = new double[5];
    for (double[] r : rows) {
      double w = 1 / (r[3] * r[3]);
      double x = r[0] - 0.5;
      double y = r[1] - 0.5;
      sums[0] += w * x * x;
      sums[1] += w * x * y;
      sums[2] += w * y * y;
      sums[3] += w * x * r[2];
      sums[4] += w * y * r[2];
    }
    double determinant = sums[0] * sums[2] - sums[1] * sums[1];
    return new double[] {
      (sums[2] * sums[3] - sums[1] * sums[4]) / determinant,
      (sums[0] * sums[4] - sums[1] * sums[3]) / determinant
    };
  }

  /** Also what is cut by the edge is found, once, so that it is taken off. */
  @Test
  void starsAtTheEdgeAreFound() {
    SimulatedImage image = new SimulatedImage(700, 700, 14);
    image.grid(50, 4000, 60_000);
    int first = image.stars.size();
    for (int along = 20; along < 680; along += 20) {
      double inside = image.random().nextDouble(-0.5, 3);
      double place = along + image.random().nextDouble();
      double[] x = {inside, 699 - inside, place, place};
      double[] y = {place, place, inside, 699 - inside};
      for (int k = 0; k < 4; k++) {
        image.star(x[k], y[k], 20_000);
      }
    }
    SourceTable table = image.expose().extract().sources();
    int[] rows = image.rows(table, 1);
    double pulls = 0;
    for (int k = first; k < rows.length; k++) {
      assertThat(rows[k]).as("%s", image.stars.get(k)).isNotNegative();
      double error = table.get(SourceColumn.FLUX_PSF)[rows[k]] - 20_000;
      pulls += Math.pow(error / table.get(SourceColumn.FLUX_PSF_ERROR)[rows[k]], 2);
    }
    int n = rows.length - first;
    assertThat(n).isEqualTo(132);
    assertThat(Math.sqrt(pulls / n)).isBetween(0.8, 1.2);
    assertThat(table.count()).isLessThanOrEqualTo(image.stars.size() + 1);
  }

  @Test
  void overlappingCropsAgree() {
    SimulatedImage image = new SimulatedImage(1500, 700, 12, StarFieldTest::psf);
    image.scatter(1500, 300, 300_000);
    List<Extraction> halves = image.expose().extractHalves(200);
    SourceTable left = halves.get(0).sources();
    SourceTable right = halves.get(1).sources();
    PositionIndex index =
        new PositionIndex(right.get(SourceColumn.X), right.get(SourceColumn.Y), 1);
    List<Double> flux = new ArrayList<>();
    List<Double> position = new ArrayList<>();
    for (int i = 0; i < left.count(); i++) {
      double x = left.get(SourceColumn.X)[i] - 650;
      int j = index.nearest(x, left.get(SourceColumn.Y)[i]);
      if (x > 30 && x < 170 && left.get(SourceColumn.SN)[i] > 7) {
        assertThat(j).as("%s", x).isNotNegative();
        double error = left.get(SourceColumn.FLUX_PSF_ERROR)[i];
        double difference =
            left.get(SourceColumn.FLUX_PSF)[i] - right.get(SourceColumn.FLUX_PSF)[j];
        flux.add(Math.abs(difference) / error);
        position.add(
            Math.abs(x - right.get(SourceColumn.X)[j]) / left.get(SourceColumn.X_ERROR)[i]);
      }
    }
    assertThat(flux.size()).isGreaterThan(50);
    assertThat(Statistics.median(flux.stream().mapToDouble(v -> v))).isLessThan(0.1);
    assertThat(Statistics.median(position.stream().mapToDouble(v -> v))).isLessThan(0.1);
  }

  /** What was found of the stars of a range of S/N. */
  private static final class Counts {
    int stars;
    int found;
    double ideal;
    int falseOnes;
    int sources;

    double completeness() {
      return (double) found / stars;
    }
  }

  /**
   * Draws a field and counts stars of some S/N that have no brighter one within a distance, and
   * sources of that S/N that have no star near them.
   *
   * @param away of brighter stars [FWHM]
   */
  private static Counts count(int stars, long seed, double least, double away, Counts sums) {
    SimulatedImage image = new SimulatedImage(EDGE, EDGE, seed, StarFieldTest::psf);
    image.scatter(stars, 150, 300_000);
    SourceTable table = image.expose().extract().sources();
    PositionIndex index =
        new PositionIndex(
            image.stars.stream().mapToDouble(SimulatedImage.Star::x).toArray(),
            image.stars.stream().mapToDouble(SimulatedImage.Star::y).toArray(),
            2 * SimulatedImage.FWHM);
    int[] rows = image.rows(table, 1.2);
    for (int k = 0; k < rows.length; k++) {
      SimulatedImage.Star star = image.stars.get(k);
      double s = signalToNoise(star);
      boolean counts = s >= least && isInside(star.x(), star.y());
      if (counts && !isOutshone(star, index, image.stars, away)) {
        sums.stars++;
        sums.found += rows[k] >= 0 ? 1 : 0;
        sums.ideal += (1 + Erf.erf((s - THRESHOLD) / Math.sqrt(2))) / 2;
      }
    }
    double[] x = table.get(SourceColumn.X);
    double[] y = table.get(SourceColumn.Y);
    for (int i = 0; i < x.length; i++) {
      boolean counts = table.get(SourceColumn.SN)[i] >= least && isInside(x[i], y[i]);
      sums.falseOnes += counts && index.nearest(x[i], y[i]) < 0 ? 1 : 0;
    }
    sums.sources += table.count();
    return sums;
  }

  /** A sparse and a normal field, several of each: the fraction is known to 0.3 %. */
  @ParameterizedTest
  @CsvSource({"1750, 650, 8", "5800, 2200, 3"})
  void asManyAreFoundAsTheNoiseAllows(int stars, int least, int fields) {
    Counts counts = new Counts();
    for (int seed = 0; seed < fields; seed++) {
      count(stars, 20 + seed, 5.5, 2, counts);
    }
    assertThat(counts.sources).isGreaterThan(fields * least);
    assertThat(counts.completeness()).isGreaterThan(counts.ideal / counts.stars - 0.01);
    assertThat(counts.falseOnes).isLessThanOrEqualTo(fields);
  }

  @Test
  void crowdedFieldsAreCompleteBeyondOneWidthOfBrighterStars() {
    Counts counts = count(50_000, 30, 10, 1, new Counts());
    assertThat(counts.sources).isGreaterThan(15_000);
    assertThat(counts.completeness()).isGreaterThan(0.95);
  }

  private static boolean isInside(double x, double y) {
    return x > MARGIN && y > MARGIN && x < EDGE - MARGIN && y < EDGE - MARGIN;
  }

  private static boolean isOutshone(
      SimulatedImage.Star star, PositionIndex index, List<SimulatedImage.Star> stars, double away) {
    for (int j : index.within(star.x(), star.y())) {
      SimulatedImage.Star o = stars.get(j);
      double distance = Math.hypot(o.x() - star.x(), o.y() - star.y());
      if (o.flux() > star.flux() && distance < away * SimulatedImage.FWHM) {
        return true;
      }
    }
    return false;
  }

  /** With the matched filter, against the sky alone. */
  private static double signalToNoise(SimulatedImage.Star star) {
    PointSpreadFunction psf = psf(star.x(), star.y());
    double sum = 0;
    for (int j = -8; j <= 8; j++) {
      for (int i = -8; i <= 8; i++) {
        double p =
            psf.pixel(i - star.x() + Math.rint(star.x()), j - star.y() + Math.rint(star.y()));
        sum += p * p;
      }
    }
    return star.flux() * Math.sqrt(sum / (SimulatedImage.SKY + SimulatedImage.READ_VARIANCE));
  }
}
