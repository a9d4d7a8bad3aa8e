package io.github.starlane.core.visit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.instrument.FrameType;
import io.github.starlane.core.instrument.InstrumentProfiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import nom.tam.fits.Header;
import org.junit.jupiter.api.Test;

class VisitPlannerTest {
  private static final double NIGHT = 2460000.25;
  private final VisitPlanner planner = new VisitPlanner(SyntheticEpochs.SETTINGS);

  /** Exposures that differ in a few things. */
  private record Shot(String name, double second, double ra, double dec) {
    Exposure with(String camera, String filter, String object, double exposureTime) {
      FitsHeader header = new FitsHeader(new Header());
      Path file = Path.of(name);
      return new Exposure(
          file,
          0,
          header,
          InstrumentProfiles.builtIn().choose(file, header),
          FrameType.SCIENCE,
          camera,
          filter,
          object,
          2000,
          1000,
          new Section(0, 0, 2000, 1000),
          null,
          exposureTime,
          NIGHT + second / 86400,
          1,
          5,
          60000,
          Double.NaN,
          0,
          ra,
          dec,
          0,
          1.8,
          Double.NaN,
          Double.NaN,
          -1,
          List.of());
    }

    Exposure taken() {
      return with("cam", "r", "M 31", 20);
    }
  }

  private static List<List<String>> names(List<Visit> visits) {
    return visits.stream().map(v -> v.exposures().stream().map(Exposure::name).toList()).toList();
  }

  @Test
  void exposuresOfOneFieldAreOneVisitInTheOrderOfTime() {
    List<Exposure> shots = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      // Names run against time.
      shots.add(new Shot(String.format("f%02d", 19 - k), 22.0 * k, 10, 40).taken());
    }
    Collections.shuffle(shots, new Random(1));
    List<Visit> visits = planner.plan(shots);
    assertThat(visits).hasSize(1);
    assertThat(visits.get(0).first().name()).isEqualTo("f19");
    assertThat(visits.get(0).exposures().get(19).name()).isEqualTo("f00");
    assertThat(visits.get(0).name()).isEqualTo("cam_r_M_31_1");
  }

  @Test
  void fieldsMayAlternate() {
    // The field is 1°; the two are 0.5° apart, and each wanders by a few arcminutes.
    List<Exposure> shots = new ArrayList<>();
    for (int k = 0; k < 6; k++) {
      shots.add(new Shot("a" + k, 60.0 * k, 10 + 0.01 * k, 40).taken());
      shots.add(new Shot("b" + k, 60.0 * k + 30, 10, 40.5 + 0.01 * k).taken());
    }
    assertThat(names(planner.plan(shots)))
        .containsExactly(
            List.of("a0", "a1", "a2", "a3", "a4", "a5"),
            List.of("b0", "b1", "b2", "b3", "b4", "b5"));
  }

  @Test
  void aLongGapStartsANewVisit() {
    List<Exposure> shots =
        List.of(
            new Shot("a", 0, 10, 40).taken(),
            new Shot("b", 1830, 10, 40).taken(),
            new Shot("c", 1830 + 1850, 10, 40).taken());
    // 1800 s and twice the exposure time are allowed.
    assertThat(names(planner.plan(shots))).containsExactly(List.of("a", "b"), List.of("c"));
    assertThat(planner.plan(shots)).extracting(Visit::name).doesNotHaveDuplicates();
  }

  @Test
  void camerasFiltersAndExposureTimesDoNotMix() {
    List<Exposure> shots =
        List.of(
            new Shot("a", 0, 10, 40).with("cam", "r", "M 31", 20),
            new Shot("b", 30, 10, 40).with("cam", "g", "M 31", 20),
            new Shot("c", 60, 10, 40).with("cam", "r", "M 31", 60),
            new Shot("d", 90, 10, 40).with("other", "r", "M 31", 20),
            new Shot("e", 120, 10, 40).with("cam", "r", "M 31", 20));
    assertThat(names(planner.plan(shots)))
        .containsExactly(List.of("a", "e"), List.of("b"), List.of("c"), List.of("d"));
  }

  @Test
  void aFieldAcrossTheMeridianIsOneField() {
    List<Exposure> shots =
        List.of(new Shot("a", 0, 359.99, 0).taken(), new Shot("b", 30, 0.01, 0).taken());
    assertThat(planner.plan(shots)).hasSize(1);
  }

  @Test
  void withoutPointingTheObjectDecides() {
    List<Exposure> shots =
        List.of(
            new Shot("a", 0, Double.NaN, Double.NaN).with("cam", "r", "M 31", 20),
            new Shot("b", 30, Double.NaN, Double.NaN).with("cam", "r", "M 33", 20),
            new Shot("c", 60, Double.NaN, Double.NaN).with("cam", "r", "M 31", 20));
    assertThat(names(planner.plan(shots))).containsExactly(List.of("a", "c"), List.of("b"));
  }

  @Test
  void withoutTimesNamesGiveTheOrder() {
    List<Exposure> shots =
        List.of(
            new Shot("c", Double.NaN, 10, 40).taken(),
            new Shot("a", Double.NaN, 10, 40).taken(),
            new Shot("b", Double.NaN, 10, 40).taken());
    assertThat(names(planner.plan(shots))).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void namesAreFitForFiles() {
    Visit visit =
        planner
            .plan(List.of(new Shot("a", 0, 10, 40).with("QHY 600/M", "r'", "α Cen: *", 20)))
            .get(0);
    assertThat(visit.name()).matches("[A-Za-z0-9.+_-]+");
    assertThat(planner.plan(List.of())).isEmpty();
    assertThat(
            planner.plan(List.of(new Shot("a", 0, 10, 40).with("c", "r", " ", 20))).get(0).name())
        .isEqualTo("c_r_field_1");
  }
}
