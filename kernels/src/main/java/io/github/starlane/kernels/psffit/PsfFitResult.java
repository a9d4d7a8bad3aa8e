package io.github.starlane.kernels.psffit;

/**
 * Fitted stars, in the order they were given; each array has one entry per star. NaN where a fit
 * failed.
 *
 * @param x fitted column [pixel]
 * @param y fitted row [pixel]
 * @param flux fitted total flux
 * @param xError 1-σ error [pixel]; 0 when positions are kept
 * @param yError 1-σ error [pixel]
 * @param fluxError 1-σ error
 * @param background fitted constant; 0 when not fitted
 * @param chiSquare Σ (data − model)² / variance over the star's box
 * @param degreesOfFreedom pixels minus parameters
 * @param iterations steps taken
 * @param flags bits as below
 */
public record PsfFitResult(
    double[] x,
    double[] y,
    double[] flux,
    double[] xError,
    double[] yError,
    double[] fluxError,
    double[] background,
    double[] chiSquare,
    int[] degreesOfFreedom,
    int[] iterations,
    int[] flags) {

  /** The iteration did not settle. */
  public static final int NOT_CONVERGED = 1;

  /** Part of the box lies outside the image. */
  public static final int AT_EDGE = 2;

  /** Too few good pixels to fit: values are NaN. */
  public static final int TOO_FEW_PIXELS = 4;

  /** The position was held at the largest allowed shift. */
  public static final int AT_MAXIMUM_SHIFT = 8;

  /** The normal equations were singular: values are NaN. */
  public static final int SINGULAR = 16;

  /** Fitted together with neighbours. */
  public static final int IN_GROUP = 32;

  /** Some pixels of the box were masked. */
  public static final int MASKED_PIXELS = 64;
}
