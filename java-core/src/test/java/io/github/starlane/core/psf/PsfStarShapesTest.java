package io.github.starlane.core.psf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.psf.PsfStarShapes.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stars that are Gaussians times 1 + ε p(u, v), with polynomials p that change neither centre nor
 * size. Weighted by the same Gaussian u² + v² has an exponential distribution of mean 1, so that
 * all moments are known in closed form.
 */
class PsfStarShapesTest {
  private static final int RADIUS = 20;
  private static final int SIZE = 2 * RADIUS + 1;
  private static final double EPSILON = 0.05;
  private static final double SKY = 7;

  /** Semi-axes and their direction. */
  private static final double MAJOR = 3;

  private static final double MINOR = 2;
  private static final double ANGLE = Math.toRadians(30);

  /** What a star is, in its round coordinates. */
  interface Departure {
    double at(double u, double v);
  }

  private static PsfStars star(double x, double y, Departure departure) {
    float[] pixels = new float[SIZE * SIZE];
    int x0 = (int) Math.rint(x) - RADIUS;
    int y0 = (int) Math.rint(y) - RADIUS;
    double cos = Math.cos(ANGLE);
    double sin = Math.sin(ANGLE);
    for (int p = 0; p < pixels.length; p++) {
      double dx = x0 + p % SIZE - x;
      double dy = y0 + p / SIZE - y;
      double along = (cos * dx + sin * dy) / MAJOR;
      double across = (cos * dy - sin * dx) / MINOR;
      // Turned back: the square root of the covariance is symmetric.
      double u = cos * along - sin * across;
      double v = sin * along + cos * across;
      double gauss = 1e5 * Math.exp(-0.5 * (u * u + v * v));
      pixels[p] = (float) (SKY + gauss * (1 + EPSILON * departure.at(u, v)));
    }
    double[] one = {1};
    return new PsfStars(
        RADIUS,
        new int[] {x0},
        new int[] {y0},
        pixels,
        new double[] {x + 0.3},
        new double[] {y - 0.2},
        one,
        one,
        one,
        one,
        one,
        one);
  }

  private static StampSet stamps(PsfStars... parts) {
    StampSet stamps = new StampSet(List.of(parts));
    Arrays.fill(stamps.sky, SKY);
    return stamps;
  }

  private static double measured(Quantity quantity, Departure departure) {
    PsfStarShapes shapes = PsfStarShapes.of(stamps(star(50.3, 60.8, departure)), 1.5);
    return shapes.values().get(quantity)[0];
  }

  private static Departure departure(String name) {
    return (u, v) -> {
      double r2 = u * u + v * v;
      return switch (name) {
        case "coma 1" -> u * (r2 - 2);
        case "coma 2" -> v * (r2 - 2);
        case "trefoil 1" -> u * u * u - 3 * u * v * v;
        case "trefoil 2" -> 3 * u * u * v - v * v * v;
        case "kurtosis" -> r2 * r2 - 4 * r2 + 2;
        case "e4 1" -> (r2 - 3) * (u * u - v * v);
        case "e4 2" -> (r2 - 3) * 2 * u * v;
        default -> 0;
      };
    };
  }

  @ParameterizedTest
  @CsvSource({
    "coma 1, COMA_1, 1",
    "coma 2, COMA_2, 1",
    "trefoil 1, TREFOIL_1, 3",
    "trefoil 2, TREFOIL_2, 3",
    "kurtosis, KURTOSIS, 4",
    "e4 1, E4_1, 3",
    "e4 2, E4_2, 3"
  })
  void everyDepartureShowsInItsOwnQuantityAlone(String name, Quantity quantity, double factor) {
    for (Quantity q : Quantity.values()) {
      if (q != Quantity.ELLIPTICITY && q != Quantity.UNNORMALISED_ELLIPTICITY) {
        double gaussian = q == Quantity.KURTOSIS ? 2 : 0;
        double expected = gaussian + (q == quantity ? factor * EPSILON : 0);
        assertThat(measured(q, departure(name))).as(q.name()).isCloseTo(expected, within(2e-3));
      }
    }
  }

  @Test
  void ellipticitiesAreThoseOfTheSecondMoments() {
    double stretch = MAJOR * MAJOR - MINOR * MINOR;
    double sum = MAJOR * MAJOR + MINOR * MINOR;
    assertThat(measured(Quantity.ELLIPTICITY, departure("none")))
        .isCloseTo(stretch / sum, within(1e-3));
    assertThat(measured(Quantity.UNNORMALISED_ELLIPTICITY, departure("none")))
        .isCloseTo(stretch, within(1e-2));
  }

  @Test
  void aHoleInTheCoreMakesAStarUnknownAndOneOutsideDoesNot() {
    PsfStars holed = star(40, 40, departure("none"));
    holed.pixels()[(RADIUS + 1) * SIZE + RADIUS] = Float.NaN;
    PsfStars harmless = star(40, 40, departure("none"));
    harmless.pixels()[2 * SIZE + 2] = Float.NaN;
    PsfStarShapes shapes = PsfStarShapes.of(stamps(holed, harmless), 2);
    double[] kurtosis = shapes.values().get(Quantity.KURTOSIS);
    assertThat(kurtosis[0]).isNaN();
    assertThat(kurtosis[1]).isCloseTo(2, within(2e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 1})
  void withoutAStarNothingSettles(double level) {
    PsfStars nothing = star(40, 40, departure("none"));
    SplittableRandom random = new SplittableRandom(3);
    for (int p = 0; p < nothing.pixels().length; p++) {
      nothing.pixels()[p] = (float) (SKY + level + 0.1 * random.nextGaussian());
    }
    PsfStarShapes shapes = PsfStarShapes.of(stamps(nothing), 2);
    assertThat(shapes.values().get(Quantity.ELLIPTICITY)[0]).isNaN();
    assertThat(shapes.median(Quantity.COMA_1, 100, 100)).isNaN();
  }

  @Test
  void mediansAreThoseOfTheStarsInTheImage() {
    Map<Quantity, double[]> values = Map.of(Quantity.E4_1, new double[] {1, 2, 30, Double.NaN, 40});
    PsfStarShapes shapes =
        new PsfStarShapes(
            new double[] {0, 99, 50, 50, 100}, new double[] {0, 79, 20, 20, 20}, values);
    assertThat(shapes.median(Quantity.E4_1, 100, 80)).isEqualTo(2);
    assertThat(shapes.movedBy(-60, 0).median(Quantity.E4_1, 100, 80)).isEqualTo(21);
    assertThat(shapes.median(Quantity.E4_1, 0, 0)).isNaN();
  }

  @Test
  void starsThatWereRejectedDoNotCount() {
    StampSet stamps = stamps(star(40, 40, departure("none")), star(70, 30, departure("none")));
    stamps.used[0] = false;
    PsfStarShapes shapes = PsfStarShapes.of(stamps, 2);
    assertThat(shapes.count()).isEqualTo(1);
    assertThat(shapes.x()[0]).isCloseTo(70, within(0.5));
  }
}
