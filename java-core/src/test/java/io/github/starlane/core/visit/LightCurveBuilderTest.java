package io.github.starlane.core.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LightCurveBuilderTest {

  private static Registration register(List<SourceTable> tables) {
    return new Registrar(SyntheticEpochs.SETTINGS).register(tables);
  }

  private static LightCurves build(List<SourceTable> tables) {
    return new LightCurveBuilder(SyntheticEpochs.SETTINGS).build(tables, register(tables));
  }

  /** The star a light curve belongs to: that of its first row. */
  private static int star(SyntheticEpochs epochs, LightCurves curves, int source) {
    for (int e = 0; e < curves.row().length; e++) {
      if (curves.row()[e][source] >= 0) {
        return epochs.starOf.get(e)[curves.row()[e][source]];
      }
    }
    return -1;
  }

  @Test
  void epochsLieOnTheReferenceToAFractionOfAPixel() {
    SyntheticEpochs epochs = new SyntheticEpochs(1, 400, 12, 0.05);
    Registration registration = register(epochs.tables);
    assertThat(registration.reference()).isNotNegative();
    for (int e = 0; e < 12; e++) {
      assertThat(registration.has(e)).isTrue();
      assertThat(registration.toReference().get(e).orElseThrow().rms()).isLessThan(0.1);
    }
    LightCurves curves = build(epochs.tables);
    SourceTable reference = epochs.tables.get(registration.reference());
    for (int s = 0; s < curves.count(); s++) {
      int row = curves.row()[registration.reference()][s];
      if (row >= 0) {
        assertThat(curves.x()[s]).isEqualTo(reference.get(SourceColumn.X)[row]);
      }
    }
  }

  @Test
  void zeroPointsAreFoundToAMilliMagnitude() {
    SyntheticEpochs epochs = new SyntheticEpochs(2, 900, 12, 0.05);
    LightCurves curves = build(epochs.tables);
    double mean = Arrays.stream(epochs.zeroPoint).average().orElseThrow();
    double sum = 0;
    for (int e = 0; e < 12; e++) {
      double difference = curves.zeroPoint()[e] - (epochs.zeroPoint[e] - mean);
      assertThat(difference).isCloseTo(0, within(2e-3));
      assertThat(curves.scale(e))
          .isCloseTo(Math.pow(10, -0.4 * curves.zeroPoint()[e]), within(1e-12));
      sum += difference * difference;
    }
    assertThat(Math.sqrt(sum / 12)).isLessThan(1e-3);
  }

  @Test
  void everyStarIsThereOnceAndEveryRowUsedOnce() {
    SyntheticEpochs epochs = new SyntheticEpochs(3, 400, 10, 0.2);
    LightCurves curves = build(epochs.tables);
    int[] stars = IntStream.range(0, curves.count()).map(s -> star(epochs, curves, s)).toArray();
    assertThat(stars).doesNotHaveDuplicates().hasSize(400);
    for (int e = 0; e < 10; e++) {
      int[] rows = Arrays.stream(curves.row()[e]).filter(r -> r >= 0).toArray();
      assertThat(rows).doesNotHaveDuplicates().hasSize(epochs.tables.get(e).count());
      for (int s = 0; s < curves.count(); s++) {
        int row = curves.row()[e][s];
        if (row >= 0) {
          assertThat(epochs.starOf.get(e)[row]).isEqualTo(stars[s]);
        } else {
          assertThat(curves.flux()[e][s]).isNaN();
        }
      }
    }
  }

  @Test
  void twoSourcesInOnePlaceAreTwoLightCurves() {
    List<SourceTable> tables = new ArrayList<>();
    for (SourceTable table : new SyntheticEpochs(8, 100, 4, 0).tables) {
      tables.add(
          table.select(IntStream.concat(IntStream.range(0, 100), IntStream.of(5, 50)).toArray()));
    }
    LightCurves curves = build(tables);
    for (int e = 0; e < 4; e++) {
      int[] rows = Arrays.stream(curves.row()[e]).filter(r -> r >= 0).toArray();
      assertThat(rows).doesNotHaveDuplicates().hasSize(102);
    }
  }

  @Test
  void theScatterIsThatOfTheErrorsButForTheVariable() {
    SyntheticEpochs epochs = new SyntheticEpochs(4, 400, 20, 0.05);
    LightCurves curves = build(epochs.tables);
    double sum = 0;
    int n = 0;
    for (int s = 0; s < curves.count(); s++) {
      double ratio = curves.scatter()[s] / curves.expectedScatter()[s];
      if (star(epochs, curves, s) == epochs.variable) {
        assertThat(ratio).isGreaterThan(20);
        assertThat(curves.scatter()[s]).isBetween(0.3, 0.5);
      } else {
        assertThat(ratio).isLessThan(2.2);
        sum += ratio * ratio;
        n++;
      }
    }
    assertThat(n).isEqualTo(399);
    assertThat(sum / n).isBetween(0.93, 1.07);
  }

  @Test
  void meanFluxesAreThoseOfTheStars() {
    SyntheticEpochs epochs = new SyntheticEpochs(5, 400, 20, 0.05);
    LightCurves curves = build(epochs.tables);
    double mean = Arrays.stream(epochs.zeroPoint).average().orElseThrow();
    double scale = Math.pow(10, 0.4 * mean);
    for (int s = 0; s < curves.count(); s++) {
      int star = star(epochs, curves, s);
      if (star != epochs.variable) {
        double truth = epochs.flux[star] * scale;
        double error = Math.sqrt((truth + 5000) / 18);
        assertThat(curves.meanFlux()[s]).isCloseTo(truth, within(5 * error + 2e-3 * truth));
      }
    }
  }

  @Test
  void epochsThatFailedAreLeftOut() {
    SyntheticEpochs epochs = new SyntheticEpochs(6, 300, 8, 0.05);
    List<SourceTable> tables = new ArrayList<>(epochs.tables);
    tables.set(0, null);
    tables.set(5, null);
    // An epoch of another field, which cannot be placed.
    tables.set(3, new SyntheticEpochs(99, 200, 1, 0).tables.get(0));
    Registration registration = register(tables);
    LightCurves curves = build(tables);
    for (int e : new int[] {0, 3, 5}) {
      assertThat(registration.has(e)).as("epoch %d", e).isFalse();
      assertThat(curves.zeroPoint()[e]).isNaN();
      assertThat(curves.row()[e]).containsOnly(-1);
      assertThat(curves.flux()[e]).containsOnly(Double.NaN);
    }
    assertThat(curves.count()).isEqualTo(300);
    assertThat(IntStream.of(1, 2, 4, 6, 7).mapToDouble(e -> curves.zeroPoint()[e]).sum())
        .isCloseTo(0, within(1e-9));
  }

  @Test
  void noGoodEpochGivesEmptyLightCurves() {
    List<SourceTable> none = new ArrayList<>();
    none.add(null);
    none.add(null);
    assertThat(register(none).reference()).isEqualTo(-1);
    assertThat(build(none).count()).isZero();
    SourceTable empty = new SyntheticEpochs(1, 3, 1, 0).tables.get(0).select(new int[0]);
    assertThat(build(List.of(empty, empty)).count()).isZero();
  }

  /** Nothing is known of the air where nothing can be compared; 0 would say that it was steady. */
  @Test
  void tooFewCalibratorsGiveNoZeroPoint() {
    List<SourceTable> tables = new ArrayList<>();
    for (SourceTable table : new SyntheticEpochs(9, 200, 6, 0).tables) {
      // Bright enough to be matched, too faint to compare by: two stars are left.
      double[] sn = table.get(SourceColumn.SN).clone();
      Arrays.setAll(sn, i -> i < 2 ? sn[i] : Math.min(sn[i], 19));
      tables.add(table.set(SourceColumn.SN, sn));
    }
    LightCurves curves = build(tables);
    assertThat(register(tables).has(5)).isTrue();
    assertThat(curves.count()).isEqualTo(200);
    assertThat(curves.zeroPoint()).containsOnly(Double.NaN);
    assertThat(curves.meanFlux()).containsOnly(Double.NaN);
    assertThat(curves.scatter()).containsOnly(Double.NaN);
    assertThat(curves.expectedScatter()).containsOnly(Double.NaN);
    // One epoch of them alone differs from no other.
    assertThat(build(tables.subList(0, 1)).zeroPoint()).containsExactly(0.0);
  }

  @Test
  void oneEpochAloneHasNoScatter() {
    LightCurves curves = build(new SyntheticEpochs(7, 100, 1, 0).tables);
    assertThat(curves.count()).isEqualTo(100);
    assertThat(curves.zeroPoint()).containsExactly(new double[1], within(1e-12));
    assertThat(curves.scatter()).containsOnly(Double.NaN);
  }
}
