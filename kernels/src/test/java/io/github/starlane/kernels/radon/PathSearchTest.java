package io.github.starlane.kernels.radon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.HostPlane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the paths alone see of a streak, before its line is refined. */
class PathSearchTest {

  private static final int EDGE = 200;

  @ParameterizedTest
  @ValueSource(ints = {5, 30, 44, 47, 75, 91, 100, 120, 136, 150, 178})
  void theBestPathLiesAlongTheStreak(int angle) {
    StreakField field = new StreakField(EDGE, EDGE, angle);
    double dx = 40 * Math.cos(Math.toRadians(angle));
    double dy = 40 * Math.sin(Math.toRadians(angle));
    field.addStreak(100 - dx, 100 - dy, 100 + dx, 100 + dy, StreakField.flux(15, 80));
    PsfProfile psf = new PsfProfile(StreakField.SIGMA);
    StreakImage image =
        new StreakImage(
            new HostPlane(field.image, EDGE, EDGE),
            new HostPlane(field.variance, EDGE, EDGE),
            null,
            psf,
            0,
            1,
            new ScalarRowSums());
    image.smooth();
    PathNoise noise = new PathNoise(psf, 8);
    PathCandidate path =
        new PathSearch(new ScalarRowSums(), noise, 7, 8).run(image).distinct().get(0);
    // A strip that the streak fills but partly, or that holds a part of it.
    assertThat(path.signalToNoise()).isBetween(0.65 * 15, 1.1 * 15);
    PathFrame frame = path.frame();
    double x1 = frame.x(path.column(), path.firstRow());
    double y1 = frame.y(path.column(), path.firstRow());
    double x2 = frame.x(path.column() + path.shift(), path.firstRow() + path.rows() - 1);
    double y2 = frame.y(path.column() + path.shift(), path.firstRow() + path.rows() - 1);
    double turn = Math.toDegrees(Math.atan2(y2 - y1, x2 - x1)) - angle;
    assertThat(Math.IEEEremainder(turn, 180)).isCloseTo(0, within(4.0));
  }
}
