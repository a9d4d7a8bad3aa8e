package io.github.starlane.core.source;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.matchedfilter.Template;
import java.util.function.DoubleBinaryOperator;

/**
 * Ellipses from second moments, and what noise does to the windowed moments of a star.
 *
 * <p>With the window W = exp(−r² / 2σ²), the PSF P, flux F, gain g and background variance v, by
 * linear propagation of the pixels' noise through the equations that define them,
 *
 * <pre>
 *   var x̄  = Σ W² x² (v + F P / g)        / (F Σ W (1 − x² / σ²) P)²
 *   var xx = Σ W² (x² − m)² (v + F P / g) / (F Σ W P)² / (1 − m / σ²)⁴,  m = Σ W x² P / Σ W P
 *   var xy = Σ W² x² y² (v + F P / g)     / (F Σ W P)² / (1 − m / σ²)⁴
 * </pre>
 */
final class ShapeMeasurement {
  private static final double FWHM_PER_SIGMA = 2.3548;

  private final double gain;

  /** Variance of each moment times F², per background variance. */
  private final double[] ofSky = new double[3];

  /** Variance of each moment times F, per 1 / gain. */
  private final double[] ofStar = new double[3];

  ShapeMeasurement(double gain, Psf psf) {
    this.gain = gain;
    double sigma = psf.fwhm() / FWHM_PER_SIGMA;
    Template template = psf.template((int) Math.min(psf.model().radius(), Math.ceil(4 * sigma)));
    double light = sum(template, sigma, (x, y, w, p) -> w * p);
    double m = sum(template, sigma, (x, y, w, p) -> w * x * x * p) / light;
    double s2 = sigma * sigma;
    double slope = sum(template, sigma, (x, y, w, p) -> w * (1 - x * x / s2) * p);
    double window = light * Math.pow(1 - m / s2, 2);
    add(0, template, sigma, slope, (x, y) -> x);
    add(1, template, sigma, window, (x, y) -> x * x - m);
    add(2, template, sigma, window, (x, y) -> x * y);
  }

  private void add(
      int moment, Template template, double sigma, double response, DoubleBinaryOperator term) {
    ofSky[moment] =
        sum(template, sigma, (x, y, w, p) -> Math.pow(w * term.applyAsDouble(x, y), 2))
            / (response * response);
    ofStar[moment] =
        sum(template, sigma, (x, y, w, p) -> Math.pow(w * term.applyAsDouble(x, y), 2) * p)
            / (response * response);
  }

  /** A term of a sum over pixels: offset, window, PSF. */
  private interface Term {
    double of(double x, double y, double window, double psf);
  }

  private static double sum(Template template, double sigma, Term term) {
    int size = template.size();
    double sum = 0;
    for (int i = 0; i < size * size; i++) {
      double x = i % size - size / 2;
      double y = i / size - size / 2;
      double window = Math.exp(-(x * x + y * y) / (2 * sigma * sigma));
      sum += term.of(x, y, window, template.values()[i]);
    }
    return sum;
  }

  /** Adds the columns. */
  void add(SourceTable table) {
    addEllipses(table);
    addErrors(table);
  }

  private static void addEllipses(SourceTable table) {
    int n = table.count();
    double[] xx = table.get(SourceColumn.X2);
    double[] yy = table.get(SourceColumn.Y2);
    double[] xy = table.get(SourceColumn.XY);
    double[] major = new double[n];
    double[] minor = new double[n];
    double[] angle = new double[n];
    for (int i = 0; i < n; i++) {
      double mean = (xx[i] + yy[i]) / 2;
      double difference = Math.hypot((xx[i] - yy[i]) / 2, xy[i]);
      major[i] = Math.sqrt(Math.max(0, mean + difference));
      minor[i] = Math.sqrt(Math.max(0, mean - difference));
      angle[i] = Math.toDegrees(0.5 * Math.atan2(2 * xy[i], xx[i] - yy[i]));
    }
    table
        .set(SourceColumn.MAJOR_AXIS, major)
        .set(SourceColumn.MINOR_AXIS, minor)
        .set(SourceColumn.ANGLE, angle);
  }

  private void addErrors(SourceTable table) {
    table
        .set(SourceColumn.X1_ERROR, errors(table, 0))
        .set(SourceColumn.Y1_ERROR, errors(table, 0))
        .set(SourceColumn.X2_ERROR, errors(table, 1))
        .set(SourceColumn.Y2_ERROR, errors(table, 1))
        .set(SourceColumn.XY_ERROR, errors(table, 2));
    addEllipseErrors(table);
  }

  private double[] errors(SourceTable table, int moment) {
    double[] flux = table.get(SourceColumn.FLUX_PSF);
    double[] variance = table.get(SourceColumn.VARIANCE);
    double[] errors = new double[flux.length];
    for (int i = 0; i < errors.length; i++) {
      double square = (variance[i] * ofSky[moment] / flux[i] + ofStar[moment] / gain) / flux[i];
      errors[i] = flux[i] > 0 ? Math.sqrt(square) : Double.NaN;
    }
    return errors;
  }

  /** Errors of the axes from those of the moments along them; NaN where there is no direction. */
  private static void addEllipseErrors(SourceTable table) {
    int n = table.count();
    double[] second = table.get(SourceColumn.X2_ERROR);
    double[] mixed = table.get(SourceColumn.XY_ERROR);
    double[] major = table.get(SourceColumn.MAJOR_AXIS);
    double[] minor = table.get(SourceColumn.MINOR_AXIS);
    double[] majorError = new double[n];
    double[] minorError = new double[n];
    double[] angle = new double[n];
    for (int i = 0; i < n; i++) {
      majorError[i] = second[i] / (2 * major[i]);
      minorError[i] = second[i] / (2 * minor[i]);
      double stretch = (major[i] + minor[i]) * (major[i] - minor[i]);
      angle[i] = Math.min(90, Math.toDegrees(mixed[i] / stretch));
    }
    table
        .set(SourceColumn.MAJOR_AXIS_ERROR, majorError)
        .set(SourceColumn.MINOR_AXIS_ERROR, minorError)
        .set(SourceColumn.ANGLE_ERROR, angle);
  }
}
