package io.github.starlane.kernels.aperture;

/**
 * Measurements, in the order of the positions. NaN where nothing could be measured.
 *
 * @param flux {@code [radius][source]}, annulus background removed
 * @param fluxError {@code [radius][source]} 1-σ
 * @param badArea {@code [radius][source]} area of the aperture that was masked or outside the image
 *     [pixel]
 * @param annulusBackground level of the annulus, median or mode as asked for; 0 without an annulus
 * @param annulusDeviation robust standard deviation of the annulus (1.4826 · MAD)
 * @param x1 windowed centroid, column [pixel]
 * @param y1 windowed centroid, row [pixel]
 * @param x2 second central moment along x [pixel²], corrected for the window
 * @param y2 second central moment along y [pixel²], corrected for the window
 * @param xy mixed second moment [pixel²], corrected for the window
 * @param flags OR of the mask within the flag radius
 */
public record ApertureResult(
    double[][] flux,
    double[][] fluxError,
    double[][] badArea,
    double[] annulusBackground,
    double[] annulusDeviation,
    double[] x1,
    double[] y1,
    double[] x2,
    double[] y2,
    double[] xy,
    int[] flags) {}
