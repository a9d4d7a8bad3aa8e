package io.github.starlane.core.streak;

import io.github.starlane.kernels.radon.LinePixels;
import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Weighted least squares for a line of light: flux per length, offset, slope, width and, if wanted,
 * the wings of its cross-section, by Levenberg's and Marquardt's method (Marquardt 1963, J. SIAM
 * 11, 431).
 */
final class LineFit {

  private static final int FLUX = 0;
  private static final int OFFSET = 1;
  private static final int SLOPE = 2;
  private static final int WIDTH = 3;
  private static final int WINGS = 4;

  /** Pixels farther from the line take no part [FWHM]. */
  static final double RADIUS = 2.5;

  private static final int STEPS = 25;
  private static final double CONVERGED = 1e-6;
  private static final double WINGS_STEP = 1e-3;

  private final LinePixels pixels;
  private final double middle;
  private final double leastWidth;
  private final double mostWidth;
  private double[] parameters;
  private double[] errors = new double[WINGS + 1];
  private int free;

  /** Pixels that take part. */
  private int[] chosen = new int[0];

  private long work;

  private double[][] normal;
  private double[] gradient;

  /**
   * A line along {@code across = 0}.
   *
   * @param middle where along the line the offset is meant
   * @param fwhm width to begin with [pixel]
   * @param mostWidth largest width [pixel]
   */
  LineFit(LinePixels pixels, double middle, double fwhm, double mostWidth) {
    this.pixels = pixels;
    this.middle = middle;
    this.leastWidth = 0.4 * fwhm;
    this.mostWidth = mostWidth;
    parameters = new double[] {0, 0, 0, fwhm, 0};
  }

  /** How many pixels have been looked at, again and again. */
  long work() {
    return work;
  }

  double flux() {
    return parameters[FLUX];
  }

  double fluxError() {
    return errors[FLUX];
  }

  double fwhm() {
    return parameters[WIDTH];
  }

  double fwhmError() {
    return errors[WIDTH];
  }

  /** Distance of the light from {@code across = 0} at a place along the line. */
  double offset(double along) {
    return parameters[OFFSET] + parameters[SLOPE] * (along - middle);
  }

  /** Its error; offset and slope are nearly independent about the middle. */
  double offsetError(double along) {
    return Math.hypot(errors[OFFSET], errors[SLOPE] * (along - middle));
  }

  CrossSection section() {
    return new CrossSection(parameters[WIDTH], parameters[WINGS]);
  }

  /**
   * Fits the pixels of a part.
   *
   * @param used pixels that may take part
   * @param withWings whether the wings are fitted too; else they stay
   * @return whether there is a line of positive flux
   */
  boolean fit(double from, double to, boolean[] used, boolean withWings) {
    choose(from, to, used);
    free = withWings ? WINGS + 1 : WINGS;
    if (chosen.length <= free) {
      return false;
    }
    startFlux();
    double chiSquare = linearise(parameters);
    double damping = 1e-3;
    for (int step = 0; step < STEPS; step++) {
      double[] trial = step(damping);
      double square = trial == null ? Double.NaN : linearise(trial);
      if (square <= chiSquare) {
        boolean converged = chiSquare - square < CONVERGED * chiSquare;
        chiSquare = square;
        parameters = trial;
        damping = Math.max(1e-9, damping / 10);
        if (converged) {
          break;
        }
      } else {
        damping *= 10;
        if (damping > 1e6) {
          break;
        }
        linearise(parameters);
      }
    }
    linearise(parameters);
    return findErrors() && parameters[FLUX] > 0;
  }

  private void choose(double from, double to, boolean[] used) {
    int[] indices = new int[pixels.count()];
    int n = 0;
    double reach = RADIUS * fwhm();
    for (int i = 0; i < pixels.count(); i++) {
      double u = pixels.along()[i];
      if (used[i] && u >= from && u < to && Math.abs(pixels.across()[i] - offset(u)) <= reach) {
        indices[n++] = i;
      }
    }
    chosen = Arrays.copyOf(indices, n);
  }

  private void startFlux() {
    CrossSection section = section();
    double peak = section.unitPeak() / fwhm();
    double signal = 0;
    double weight = 0;
    for (int i : chosen) {
      double g = peak * section.shape(pixels.across()[i] - offset(pixels.along()[i]));
      signal += pixels.weight()[i] * pixels.value()[i] * g;
      weight += pixels.weight()[i] * g * g;
    }
    parameters[FLUX] = signal / weight;
  }

  /** Normal equations at some parameters; returns χ². */
  private double linearise(double[] p) {
    work += chosen.length;
    normal = new double[free][free];
    gradient = new double[free];
    CrossSection section = new CrossSection(p[WIDTH], p[WINGS]);
    CrossSection next = new CrossSection(p[WIDTH], p[WINGS] + WINGS_STEP);
    double peak = section.unitPeak() / p[WIDTH];
    double nextPeak = next.unitPeak() / p[WIDTH];
    double[] slopes = new double[free];
    double chiSquare = 0;
    for (int i : chosen) {
      double along = pixels.along()[i] - middle;
      double v = pixels.across()[i] - p[OFFSET] - p[SLOPE] * along;
      double unit = peak * section.shape(v);
      double perPixel = section.logarithmicSlope(v) * p[FLUX] * unit;
      slopes[FLUX] = unit;
      slopes[OFFSET] = -perPixel;
      slopes[SLOPE] = -perPixel * along;
      slopes[WIDTH] = -(p[FLUX] * unit + perPixel * v) / p[WIDTH];
      if (free > WINGS) {
        slopes[WINGS] = p[FLUX] * (nextPeak * next.shape(v) - unit) / WINGS_STEP;
      }
      double w = pixels.weight()[i];
      double rest = pixels.value()[i] - p[FLUX] * unit;
      chiSquare += w * rest * rest;
      for (int k = 0; k < free; k++) {
        gradient[k] += w * rest * slopes[k];
        for (int j = 0; j <= k; j++) {
          normal[k][j] += w * slopes[k] * slopes[j];
        }
      }
    }
    return chiSquare;
  }

  private RealMatrix matrix(double damping) {
    double[][] full = new double[free][free];
    for (int k = 0; k < free; k++) {
      for (int j = 0; j <= k; j++) {
        full[k][j] = normal[k][j];
        full[j][k] = normal[k][j];
      }
      full[k][k] *= 1 + damping;
    }
    return new Array2DRowRealMatrix(full, false);
  }

  /** Parameters after a step; null if there is no telling. */
  private double[] step(double damping) {
    try {
      double[] change =
          new CholeskyDecomposition(matrix(damping), 1e-9, 0)
              .getSolver()
              .solve(new ArrayRealVector(gradient, false))
              .toArray();
      double[] next = parameters.clone();
      for (int k = 0; k < free; k++) {
        next[k] += change[k];
      }
      next[WIDTH] = Math.clamp(next[WIDTH], leastWidth, mostWidth);
      next[WINGS] = Math.clamp(next[WINGS], CrossSection.LEAST_WINGS, CrossSection.MOST_WINGS);
      return next;
    } catch (MathRuntimeException e) {
      return null;
    }
  }

  private boolean findErrors() {
    try {
      RealMatrix covariance =
          new CholeskyDecomposition(matrix(0), 1e-9, 0).getSolver().getInverse();
      for (int k = 0; k < free; k++) {
        errors[k] = Math.sqrt(covariance.getEntry(k, k));
      }
      return true;
    } catch (MathRuntimeException e) {
      return false;
    }
  }

  /** χ² per degree of freedom within a distance of the line [FWHM]; NaN if there are no pixels. */
  double reducedChiSquare(double distance) {
    CrossSection section = section();
    double peak = section.unitPeak() / fwhm();
    double sum = 0;
    int n = -free;
    for (int i : chosen) {
      double v = pixels.across()[i] - offset(pixels.along()[i]);
      if (Math.abs(v) <= distance * fwhm()) {
        double rest = pixels.value()[i] - flux() * peak * section.shape(v);
        sum += pixels.weight()[i] * rest * rest;
        n++;
      }
    }
    return n > 0 ? sum / n : Double.NaN;
  }
}
