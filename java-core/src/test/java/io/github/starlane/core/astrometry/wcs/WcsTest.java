package io.github.starlane.core.astrometry.wcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsFile;
import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.FitsWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** World coordinates against values of WCSLIB 7.12 (through astropy 5.2, LONPOLE = 180). */
class WcsTest {
  private static final double SCALE = 1.25 / 3600;
  private static final double COSINE = Math.cos(Math.toRadians(33));
  private static final double SINE = Math.sin(Math.toRadians(33));
  private static final double[] TURNED = {
    -SCALE * COSINE, SCALE * SINE, SCALE * SINE, SCALE * COSINE
  };
  private static final double[] MIRRORED = {
    SCALE * COSINE, -SCALE * SINE, SCALE * SINE, SCALE * COSINE
  };
  private static final double[] PV1 = {
    1e-5, 1.0003, -2e-4, 0, 3e-4, -4e-4, 5e-4, -0.011, 0.012, 0.013, -0.014
  };
  private static final double[] PV2 = {
    -2e-5, 0.9996, 3e-4, 0, -6e-4, 7e-4, -8e-4, 0.015, -0.016, -0.017, 0.018
  };

  @TempDir private Path folder;

  private static Wcs named(String name) {
    double[] upright = {-SCALE, 0, 0, SCALE};
    return switch (name) {
      case "tan" -> tan(123.456, -34.5, TURNED);
      case "mirrored" -> tan(123.456, -34.5, MIRRORED);
      case "zero" -> tan(0.0003, 12, upright);
      case "nearPole" -> tan(200, 89.95, TURNED);
      case "north" -> tan(40, 90, TURNED);
      case "south" -> tan(40, -90, TURNED);
      case "tpv" -> tpv(0, 0);
      case "radial" -> tpv(2e-3, -1e-3);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Wcs tan(double ra, double dec, double[] cd) {
    return Wcs.tan(new TangentPlane(ra, dec), 859.5, 861, cd);
  }

  private static Wcs tpv(double radial1, double radial2) {
    double[] pv1 = PV1.clone();
    double[] pv2 = PV2.clone();
    pv1[3] = radial1;
    pv2[3] = radial2;
    return new Wcs(new TangentPlane(299.9, 41.2), 2999.25, 1499.75, TURNED, pv1, pv2);
  }

  @ParameterizedTest
  @CsvSource({
    "tan, 0, 0, 123.562660878946, -34.913214506274",
    "tan, 1711.25, 37.5, 122.965615815277, -34.577751592390",
    "tan, 860.4, 1725, 123.653345751672, -34.248072147213",
    "mirrored, 0, 0, 123.349339121054, -34.913214506274",
    "mirrored, 1711.25, 37.5, 123.946384184723, -34.577751592390",
    "zero, 0, 0, 0.305063886536, 11.700883414349",
    "zero, 1711.25, 37.5, 359.698269505657, 11.713906616806",
    "nearPole, 0, 0, 210.691754546643, 89.528554736472",
    "nearPole, 1711.25, 37.5, 127.683752943813, 89.576215270797",
    "nearPole, 860.4, 1725, 341.044882213900, 89.740536054396",
    "north, 0, 0, 51.950047284223, 89.577584848178",
    "north, 860.4, 1725, 187.059683082073, 89.700002578756",
    "south, 0, 0, 208.049952715777, -89.577584848178",
    "south, 1711.25, 37.5, 298.966096028617, -89.588635870343",
    "tpv, 0, 0, 300.693597299894, 40.177675239188",
    "tpv, 1711.25, 37.5, 300.036359286383, 40.525438379820",
    "tpv, 860.4, 1725, 300.775965113092, 40.863587435148",
    "radial, 0, 0, 300.696630238485, 40.176490531692",
    "radial, 1711.25, 37.5, 300.038138003188, 40.524759765411",
    "radial, 860.4, 1725, 300.777929611500, 40.862825831124"
  })
  void agreesWithWcslib(String name, double x, double y, double ra, double dec) {
    Wcs wcs = named(name);
    double[] sky = wcs.toSky(x, y);
    assertThat(TangentPlane.separation(sky[0], sky[1], ra, dec) * 3600).isLessThan(1e-7);
    assertThat(sky[0]).isBetween(0.0, 360.0);
    double[] pixel = wcs.toPixel(ra, dec);
    assertThat(pixel[0]).isCloseTo(x, within(1e-7));
    assertThat(pixel[1]).isCloseTo(y, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tan", "mirrored", "zero", "nearPole", "north", "south", "tpv", "radial"})
  void thereAndBackAgain(String name) {
    Wcs wcs = named(name);
    RandomGenerator random = new SplittableRandom(7);
    for (int i = 0; i < 500; i++) {
      double x = random.nextDouble(-500, 4000);
      double y = random.nextDouble(-500, 4000);
      double[] sky = wcs.toSky(x, y);
      double[] pixel = wcs.toPixel(sky[0], sky[1]);
      assertThat(pixel[0]).isCloseTo(x, within(1e-9));
      assertThat(pixel[1]).isCloseTo(y, within(1e-9));
    }
  }

  @Test
  void directionsOnTheFarSideHaveNoPixel() {
    assertThat(named("tan").toPixel(303, 34)).containsOnly(Double.NaN);
    assertThat(named("tpv").toPixel(120, -41)).containsOnly(Double.NaN);
  }

  @Test
  void aDistortionThatReachesNothingGivesNoPixel() {
    double[] pv1 = new double[Wcs.TERMS];
    pv1[0] = 0.5;
    pv1[4] = 1;
    double[] pv2 = new double[Wcs.TERMS];
    pv2[1] = 1;
    // ξ = 0.5 + u² is never below 0.5.
    Wcs halfSky = new Wcs(new TangentPlane(10, 0), 0, 0, TURNED, pv1, pv2);
    assertThat(halfSky.toPixel(9, 0)).containsOnly(Double.NaN);
    double[] sky = halfSky.toSky(-2000, 300);
    assertThat(halfSky.toPixel(sky[0], sky[1])[0]).isCloseTo(-2000, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tan", "north", "tpv", "radial"})
  void cardsHoldEverything(String name) {
    Wcs wcs = named(name);
    FitsHeader header = written(wcs.cards());
    assertThat(header.string("CTYPE1")).hasValue(wcs.isDistorted() ? "RA---TPV" : "RA---TAN");
    // At a pole the default of LONPOLE would turn the image by 180°.
    assertThat(header.number("LONPOLE", Double.NaN)).isEqualTo(180);
    Wcs back = WcsReader.read(header).orElseThrow();
    for (double[] p : new double[][] {{0, 0}, {1711, 37}, {860, 1725}}) {
      assertThat(back.toSky(p[0], p[1])).containsExactly(wcs.toSky(p[0], p[1]), within(1e-12));
    }
  }

  private FitsHeader written(FitsCards cards) {
    Path file = folder.resolve("wcs.fits");
    new FitsWriter().image("IMAGE", new float[4], 2, 2, cards).write(file);
    try (FitsFile fits = FitsFile.open(file)) {
      return fits.hdus().get(0).header();
    }
  }

  @Test
  void aShiftMovesTheOriginOfThePixels() {
    Wcs wcs = named("tpv");
    assertThat(wcs.shifted(100, -20).toSky(5, 6))
        .containsExactly(wcs.toSky(105, -14), within(1e-12));
  }

  @Test
  void scaleAndDistortion() {
    assertThat(named("tan").pixelScale()).isCloseTo(1.25, within(1e-12));
    assertThat(named("mirrored").pixelScale()).isCloseTo(1.25, within(1e-12));
    assertThat(named("tan").isDistorted()).isFalse();
    assertThat(named("tpv").isDistorted()).isTrue();
    double[] identity = Arrays.copyOf(new double[] {0, 1}, Wcs.TERMS);
    double[] bent = identity.clone();
    bent[10] = 1e-9;
    assertThat(new Wcs(new TangentPlane(0, 0), 0, 0, TURNED, identity, bent).isDistorted())
        .isTrue();
  }
}
