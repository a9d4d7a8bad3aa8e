package io.github.starlane.kernels.calibrate;

import java.util.Arrays;
import java.util.Locale;

/**
 * Straight lines between nodes. The first and the last line go on beyond the ends: held at the end
 * node, noise about zero would be cut on one side, and all saturated levels would become one.
 *
 * @param measured counts of the nodes, rising [ADU]
 * @param corrected what they should have been [ADU]
 */
public record LinearityTable(double[] measured, double[] corrected) implements Linearity {

  /**
   * Copies the nodes.
   *
   * @throws IllegalArgumentException unless there are at least two nodes with rising counts
   */
  public LinearityTable {
    if (measured.length < 2 || measured.length != corrected.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a linearity table of %d counts and %d corrected ones",
              measured.length,
              corrected.length));
    }
    for (int k = 1; k < measured.length; k++) {
      if (!(measured[k] > measured[k - 1])) {
        throw new IllegalArgumentException("counts of a linearity table must rise: node " + k);
      }
    }
    measured = measured.clone();
    corrected = corrected.clone();
  }

  @Override
  public double corrected(double count) {
    int found = Arrays.binarySearch(measured, count);
    int k = found >= 0 ? found : -found - 2;
    int line = Math.min(Math.max(k, 0), measured.length - 2);
    return corrected[line] + slope(line) * (count - measured[line]);
  }

  /** Slope of the line from node k to the next. */
  double slope(int k) {
    return (corrected[k + 1] - corrected[k]) / (measured[k + 1] - measured[k]);
  }
}
