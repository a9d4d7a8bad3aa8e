package io.github.starlane.kernels.matchedfilter;

/**
 * Local maxima, most significant first. All arrays have {@code count} entries.
 *
 * @param count number of peaks
 * @param x 0-based column of the maximum's pixel
 * @param y 0-based row of the maximum's pixel
 * @param subX column refined by a Gaussian through the neighbours
 * @param subY row refined likewise
 * @param signalToNoise {@code [template][peak]}: S/N of every template at that pixel
 * @param flux {@code Σ P w I / Σ P² w} of the best template, in image units
 * @param bestTemplate index of the template with the largest S/N
 * @param truncated whether there were more than the maximum allowed
 * @param peakSignalToNoise largest S/N, over the templates that were searched with, between the
 *     pixels: the vertex of the Gaussians
 */
public record Peaks(
    int count,
    int[] x,
    int[] y,
    double[] subX,
    double[] subY,
    float[][] signalToNoise,
    float[] flux,
    int[] bestTemplate,
    boolean truncated,
    double[] peakSignalToNoise) {}
