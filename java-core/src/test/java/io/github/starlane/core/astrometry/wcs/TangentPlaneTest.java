package io.github.starlane.core.astrometry.wcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TangentPlaneTest {

  @ParameterizedTest
  @CsvSource({
    // On a great circle through the tangent point, the plane's radius is the tangent of the angle.
    "0, 0, 0, 1, 0, 1.000101545",
    "0, 0, 359, 0, -1.000101545, 0",
    "0, 0, 45, 0, 57.29577951308232, 0",
    "10, 80, 190, 89, 0, 11.1367",
    "123, 90, 123, 89, 0, -1.000101545",
    "123, 90, 213, 89, 1.000101545, 0",
    "123, -90, 123, -89, 0, 1.000101545"
  })
  void projectsGnomonically(double ra0, double dec0, double ra, double dec, double xi, double eta) {
    double expectedEta = ra0 == 10 ? Math.toDegrees(Math.tan(Math.toRadians(11))) : eta;
    double[] p = new TangentPlane(ra0, dec0).project(ra, dec);
    assertThat(p[0]).isCloseTo(xi, within(1e-8));
    assertThat(p[1]).isCloseTo(expectedEta, within(1e-8));
  }

  @Test
  void projectingAndBackChangesNothing() {
    RandomGenerator random = new SplittableRandom(3);
    for (int i = 0; i < 1000; i++) {
      TangentPlane plane = new TangentPlane(random.nextDouble(360), random.nextDouble(-90, 90));
      double xi = random.nextDouble(-30, 30);
      double eta = random.nextDouble(-30, 30);
      double[] sky = plane.deproject(xi, eta);
      assertThat(sky[0]).isGreaterThanOrEqualTo(0).isLessThan(360);
      assertThat(plane.project(sky[0], sky[1]))
          .containsExactly(new double[] {xi, eta}, within(1e-9));
    }
  }

  @Test
  void theOtherHemisphereIsNotInThePlane() {
    assertThat(new TangentPlane(10, 20).project(190, 0)).containsOnly(Double.NaN);
    assertThat(new TangentPlane(10, 0).project(101, 0)).containsOnly(Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({
    "359.9999, 0, 0.0001, 0, 2e-4",
    "10, 89.9999, 190, 89.9999, 2e-4",
    "0, 0, 180, 0, 180",
    "0, 90, 77, -90, 180",
    "50, 60, 50.0000000001, 60, 5e-11",
    "20, 30, 20, 30, 0"
  })
  void separations(double ra1, double dec1, double ra2, double dec2, double expected) {
    assertThat(TangentPlane.separation(ra1, dec1, ra2, dec2))
        .isCloseTo(expected, within(1e-15 + 1e-6 * expected));
  }
}
