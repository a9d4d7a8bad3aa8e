package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PointSpreadFunctionTest {
  private static final int PHASES = 5;

  static Stream<PointSpreadFunction> shapes() {
    Ellipse tilted = Ellipse.ofEllipticity(0.12, -0.16);
    return Stream.of(
        new Gaussian(1.5, Ellipse.ROUND),
        new Gaussian(2.6, tilted),
        new Moffat(1.5, 2.5, Ellipse.ROUND),
        new Moffat(1.5, 3, tilted),
        new Moffat(2.6, 3, Ellipse.ROUND),
        new Moffat(2.6, 4.765, tilted),
        new Moffat(4.5, 2.5, tilted));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void pixelsAgreeWithFineQuadratureAtEverySubPixelPhase(PointSpreadFunction psf) {
    for (int py = 0; py < PHASES; py++) {
      for (int px = 0; px < PHASES; px++) {
        double x = (px + 0.5) / PHASES - 0.5;
        double y = (py + 0.5) / PHASES - 0.5;
        double error = 0;
        for (int j = -25; j <= 25; j++) {
          for (int i = -25; i <= 25; i++) {
            error += Math.abs(psf.pixel(i - x, j - y) - fineIntegral(psf, i - x, j - y));
          }
        }
        assertThat(error).as("sum of |errors| at phase (%s, %s)", x, y).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void fluxWithinTheStatedRadiusIsWhatIsStated(PointSpreadFunction psf) {
    double lost = 1e-3;
    double radius = psf.radiusLosing(lost);
    double reach = radius * psf.ellipse().stretch();
    double step = 0.05;
    double sum = 0;
    for (double y = -reach; y <= reach; y += step) {
      for (double x = -reach; x <= reach; x += step) {
        double radius2 = psf.ellipse().radius2(x, y);
        sum += radius2 <= radius * radius ? psf.density(radius2) * step * step : 0;
      }
    }
    assertThat(sum).isCloseTo(1 - lost, within(3e-5));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void widthIsTheFullWidthAtHalfMaximum(PointSpreadFunction psf) {
    double half = psf.fwhm() / 2;
    assertThat(psf.density(half * half) / psf.density(0)).isCloseTo(0.5, within(1e-12));
    double dim = psf.radiusDimmerThan(1e-6);
    assertThat(psf.density(dim * dim)).isCloseTo(1e-6, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientIsThatOfTheStarsPosition(PointSpreadFunction psf) {
    double h = 1e-4;
    double[] result = new double[3];
    for (int i = -6; i <= 6; i++) {
      double x = i - 0.3;
      double y = 0.37 * i + 0.2;
      psf.pixelWithGradient(x, y, result);
      double byX = (fineIntegral(psf, x - h, y) - fineIntegral(psf, x + h, y)) / (2 * h);
      double byY = (fineIntegral(psf, x, y - h) - fineIntegral(psf, x, y + h)) / (2 * h);
      assertThat(result[0]).isCloseTo(psf.pixel(x, y), within(1e-15));
      assertThat(result[1]).isCloseTo(byX, within(5e-5));
      assertThat(result[2]).isCloseTo(byY, within(5e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void secondMomentsPointAlongTheMajorAxis(PointSpreadFunction psf) {
    // Within one isophote, where the moments of a Moffat profile converge fast.
    double cut = psf.fwhm() * psf.fwhm();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (double y = -8; y <= 8; y += 0.1) {
      for (double x = -8; x <= 8; x += 0.1) {
        double radius2 = psf.ellipse().radius2(x, y);
        double weight = radius2 < cut ? psf.density(radius2) : 0;
        xx += weight * x * x;
        xy += weight * x * y;
        yy += weight * y * y;
      }
    }
    double ratio = Math.hypot(xx - yy, 2 * xy) / (xx + yy);
    boolean round = psf.ellipse().equals(Ellipse.ROUND);
    // Axis ratio 0.8: (1 - 0.64)/(1 + 0.64).
    assertThat(ratio).isCloseTo(round ? 0 : 0.36 / 1.64, within(0.01));
    if (!round) {
      assertThat(Math.atan2(2 * xy, xx - yy)).isCloseTo(Math.atan2(-0.16, 0.12), within(0.03));
    }
  }

  /** 12 × 12 cells with 2 × 2 Gauss–Legendre nodes each. */
  private static double fineIntegral(PointSpreadFunction psf, double dx, double dy) {
    int cells = 12;
    double node = 0.5 / Math.sqrt(3) / cells;
    double sum = 0;
    for (int j = 0; j < cells; j++) {
      for (int i = 0; i < cells; i++) {
        double x = dx - 0.5 + (i + 0.5) / cells;
        double y = dy - 0.5 + (j + 0.5) / cells;
        sum += psf.density(psf.ellipse().radius2(x - node, y - node));
        sum += psf.density(psf.ellipse().radius2(x + node, y - node));
        sum += psf.density(psf.ellipse().radius2(x - node, y + node));
        sum += psf.density(psf.ellipse().radius2(x + node, y + node));
      }
    }
    return sum / (4.0 * cells * cells);
  }
}
