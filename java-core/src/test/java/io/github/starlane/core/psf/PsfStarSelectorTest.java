package io.github.starlane.core.psf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.frame.MaskBit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PsfStarSelectorTest {
  private static final int EDGE = 900;

  private static SimulatedCamera camera(SimulatedCamera.Field psf, int stars) {
    return new SimulatedCamera(EDGE, EDGE, psf, 7).grid(stars, 3000, 100000);
  }

  private static SimulatedCamera plain(int stars) {
    return camera((x, y) -> SimulatedCamera.moffat(2.5, 3, 0.03, 0), stars);
  }

  private static PsfStars select(SimulatedCamera camera) {
    return camera.select(SimulatedCamera.SETTINGS, 0, 0, EDGE, EDGE);
  }

  /** How many of the chosen stars stand within a pixel of these places. */
  private static int chosenAmong(PsfStars chosen, List<SimulatedCamera.Star> places) {
    int n = 0;
    for (SimulatedCamera.Star p : places) {
      for (int k = 0; k < chosen.count(); k++) {
        n += Math.hypot(chosen.x()[k] - p.x(), chosen.y()[k] - p.y()) < 1.5 ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void stampsStandWhereTheStarsAreInTheCamera() {
    SimulatedCamera camera = plain(100);
    PsfStars stars = camera.select(SimulatedCamera.SETTINGS, 300, 200, 500, 600);
    assertThat(stars.count()).isGreaterThan(20);
    assertThat(chosenAmong(stars, camera.stars)).isEqualTo(stars.count());
    int size = stars.size();
    for (int k = 0; k < stars.count(); k++) {
      int at = (size / 2) * size + size / 2;
      int pixel = (stars.y0()[k] + size / 2) * EDGE + stars.x0()[k] + size / 2;
      assertThat(stars.pixels()[k * size * size + at]).isEqualTo(camera.pixels[pixel]);
      assertThat(stars.x()[k] - stars.x0()[k]).isBetween(size / 2 - 0.5, size / 2 + 0.5);
      assertThat(stars.skyVariance()[k]).isEqualTo(225);
    }
  }

  @Test
  void galaxiesBlendsAndCosmicRaysAreLeftOut() {
    SimulatedCamera camera = plain(200);
    List<SimulatedCamera.Star> wrong = new ArrayList<>();
    List<SimulatedCamera.Star> all = new ArrayList<>(camera.stars);
    SimulatedCamera.Profile galaxy = SimulatedCamera.moffat(4.2, 2.5, 0.3, 0.1);
    SimulatedCamera.Profile star = SimulatedCamera.moffat(2.5, 3, 0.03, 0);
    SimulatedCamera.Profile hit = (dx, dy) -> Math.abs(dx) < 0.5 && Math.abs(dy) < 0.5 ? 1 : 0;
    for (int k = 0; k < 51; k++) {
      // Between the stars, which have cells of 64 pixels.
      double x = 64.3 * (1 + k % 13);
      double y = 64.3 * (1 + k / 13 * 3);
      double flux = 20000 + 1000 * k;
      if (k % 3 == 2) {
        camera.draw(hit, Math.rint(x), Math.rint(y), flux / 4);
      } else if (k % 3 == 1) {
        camera.draw(star, x - 1.2, y - 0.9, flux / 2);
        camera.draw(star, x + 1.2, y + 0.9, flux / 2);
      } else {
        camera.draw(galaxy, x, y, flux);
      }
      wrong.add(new SimulatedCamera.Star(x, y, flux));
    }
    all.addAll(wrong);
    PsfStars stars =
        camera.select(
            SimulatedCamera.SETTINGS, camera.candidates(all, 0, 0, EDGE, EDGE), 0, 0, EDGE, EDGE);
    assertThat(chosenAmong(stars, wrong)).isLessThanOrEqualTo(1);
    assertThat(chosenAmong(stars, camera.stars)).isGreaterThan(130);
    Psf psf = new PsfBuilder(SimulatedCamera.SETTINGS).build(List.of(stars), EDGE, EDGE, 1);
    assertThat(camera.worst(psf, 450, 450, 5)).isLessThan(0.02);
    assertThat(camera.worst(psf, 60, 60, 5)).isLessThan(0.03);
  }

  @Test
  void starsWithNeighboursAreLeftOut() {
    SimulatedCamera camera = plain(100);
    List<SimulatedCamera.Star> all = new ArrayList<>(camera.stars);
    List<SimulatedCamera.Star> pairs = new ArrayList<>(camera.stars.subList(0, 20));
    for (SimulatedCamera.Star s : pairs) {
      all.add(new SimulatedCamera.Star(s.x() + 7, s.y() + 4, 0.2 * s.flux()));
    }
    PsfStars stars =
        camera.select(
            SimulatedCamera.SETTINGS, camera.candidates(all, 0, 0, EDGE, EDGE), 0, 0, EDGE, EDGE);
    assertThat(chosenAmong(stars, pairs)).isZero();
    assertThat(stars.count()).isGreaterThan(60);
  }

  @Test
  void aFaintNeighbourIsCutOut() {
    SimulatedCamera camera = plain(100);
    SimulatedCamera.Star star =
        camera.stars.stream().max(Comparator.comparingDouble(s -> s.flux())).orElseThrow();
    List<SimulatedCamera.Star> all = new ArrayList<>(camera.stars);
    all.add(new SimulatedCamera.Star(star.x() + 8, star.y(), 0.03 * star.flux()));
    PsfStars stars =
        camera.select(
            SimulatedCamera.SETTINGS, camera.candidates(all, 0, 0, EDGE, EDGE), 0, 0, EDGE, EDGE);
    int size = stars.size();
    int found = 0;
    for (int k = 0; k < stars.count(); k++) {
      if (Math.hypot(stars.x()[k] - star.x(), stars.y()[k] - star.y()) < 1) {
        found++;
        int middle = k * size * size + size / 2 * size + size / 2;
        assertThat(stars.pixels()[middle + 8]).isNaN();
        assertThat(stars.pixels()[middle]).isFinite();
        assertThat(stars.pixels()[middle - 8]).isFinite();
      }
    }
    assertThat(found).isEqualTo(1);
  }

  @Test
  void saturatedStarsAreNotUsed() {
    SimulatedCamera camera = plain(100);
    for (SimulatedCamera.Star s : camera.stars) {
      camera.mask[(int) Math.rint(s.y()) * EDGE + (int) Math.rint(s.x())] = MaskBit.SATURATED.bit();
    }
    PsfStars stars = select(camera);
    assertThat(stars.count()).isZero();
    Psf psf = new PsfBuilder(SimulatedCamera.SETTINGS).build(List.of(stars), EDGE, EDGE, 1);
    assertThat(psf.stars()).isZero();
    assertThat(psf.fwhm()).isBetween(2.0, 3.2);
    Arrays.fill(camera.mask, MaskBit.NON_LINEAR.bit());
    assertThat(select(camera).count()).isZero();
  }

  @Test
  void manyBadPixelsDoNotMakeTheOthersLookLarger() {
    SimulatedCamera camera = plain(25);
    PsfStars before = select(camera);
    for (SimulatedCamera.Star s : camera.stars.subList(0, 15)) {
      camera.mask[(int) Math.rint(s.y()) * EDGE + (int) Math.rint(s.x())] = MaskBit.DARK_HIGH.bit();
    }
    PsfStars after = select(camera);
    assertThat(after.count()).isBetween(5, before.count() - 10);
    assertThat(after.typical()[0] / before.typical()[0]).isBetween(0.93, 1.07);
  }

  @Test
  void noCandidatesGiveNoStars() {
    PsfStars stars = select(new SimulatedCamera(EDGE, EDGE, plain(1).psf, 1));
    assertThat(stars.count()).isZero();
    assertThat(stars.typical()).containsOnly(Double.NaN);
  }

  @Test
  void twoPeaksOfADoublePsfAreOneStar() {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.doubled(2.2, 3.2, 2.4), 100);
    List<SimulatedCamera.Star> peaks = new ArrayList<>();
    for (SimulatedCamera.Star s : camera.stars) {
      peaks.add(new SimulatedCamera.Star(s.x() - 1.6, s.y() - 1.2, 0.52 * s.flux()));
      peaks.add(new SimulatedCamera.Star(s.x() + 1.6, s.y() + 1.2, 0.48 * s.flux()));
    }
    PsfStars stars =
        camera.select(
            SimulatedCamera.SETTINGS, camera.candidates(peaks, 0, 0, EDGE, EDGE), 0, 0, EDGE, EDGE);
    assertThat(stars.count()).isGreaterThan(60);
    for (int k = 0; k < stars.count(); k++) {
      double x = stars.x()[k];
      double y = stars.y()[k];
      assertThat(camera.stars).anyMatch(s -> Math.hypot(s.x() - x, s.y() - y) < 0.5);
    }
  }

  @Test
  void bumpsOfARingAreOneStar() {
    SimulatedCamera.Profile ring = SimulatedCamera.donut(8, 3);
    SimulatedCamera camera =
        new SimulatedCamera(EDGE, EDGE, (x, y) -> ring, 7).grid(50, 30000, 300000);
    List<SimulatedCamera.Star> bumps = new ArrayList<>();
    for (SimulatedCamera.Star s : camera.stars) {
      for (int k = 0; k < 5; k++) {
        double angle = 2 * Math.PI * k / 5 + s.x();
        bumps.add(
            new SimulatedCamera.Star(
                s.x() + 8 * Math.cos(angle), s.y() + 8 * Math.sin(angle), s.flux() / (5 + k)));
      }
    }
    PsfStars stars =
        camera.select(
            SimulatedCamera.SETTINGS, camera.candidates(bumps, 0, 0, EDGE, EDGE), 0, 0, EDGE, EDGE);
    Psf psf = new PsfBuilder(SimulatedCamera.SETTINGS).build(List.of(stars), EDGE, EDGE, 1);
    assertThat(stars.count()).isGreaterThan(20);
    assertThat(psf.shape().flags()).contains(PsfFlag.DONUT);
    assertThat(camera.worst(psf, 450, 450, 12)).isLessThan(0.15);
  }

  @Test
  void noMoreThanWantedTheBrightestFirst() {
    SimulatedCamera camera = plain(150);
    PsfSettings ten = new PsfSettings(4, 2, 30, 5000, 10, 8, 4, 4);
    PsfStars stars = camera.select(ten, 0, 0, EDGE, EDGE);
    assertThat(stars.count()).isEqualTo(10);
    double faintest = Arrays.stream(stars.flux()).min().orElse(0);
    assertThat(camera.stars.stream().filter(s -> s.flux() > faintest).count()).isLessThan(25);
  }
}
