package io.github.starlane.core.visit;

/**
 * The sources of one crop in all epochs.
 *
 * @param x column in the reference epoch [pixel], one per source
 * @param y row in the reference epoch [pixel]
 * @param row {@code [epoch][source]}: row in that epoch's source table; −1 where absent
 * @param flux {@code [epoch][source]} PSF flux [electron], not yet scaled; NaN where absent
 * @param error {@code [epoch][source]} its error
 * @param zeroPoint per epoch: to be added to instrumental magnitudes to take them to the mean epoch
 *     [mag]; NaN if unknown, as where fewer than 3 stars can be compared; 0 for an epoch alone
 * @param meanFlux per source: mean of the scaled fluxes [electron of the mean epoch]; NaN if no
 *     epoch it is seen in has a zero point
 * @param scatter per source: rms of the scaled magnitudes about their mean [mag]; NaN for fewer
 *     than 3 epochs
 * @param expectedScatter per source: rms that the errors predict [mag]
 */
public record LightCurves(
    double[] x,
    double[] y,
    int[][] row,
    double[][] flux,
    double[][] error,
    double[] zeroPoint,
    double[] meanFlux,
    double[] scatter,
    double[] expectedScatter) {

  /** Number of sources. */
  public int count() {
    return x.length;
  }

  /** Factor that takes an epoch's fluxes to the mean epoch. */
  public double scale(int epoch) {
    return Math.pow(10, -0.4 * zeroPoint[epoch]);
  }
}
