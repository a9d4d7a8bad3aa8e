package io.github.starlane.kernels.aperture;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.Arrays;

/** The CPU version: one source at a time, in double precision. */
public final class ScalarAperture implements Aperture {

  @Override
  public ApertureResult measure(
      Plane image,
      Plane variance,
      MaskPlane mask,
      double[] x,
      double[] y,
      ApertureParameters parameters) {
    Shapes.requireSize("the variance", variance, image.width(), image.height());
    Shapes.requireSize("the mask", mask, image.width(), image.height());
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "%d columns and %d rows of positions".formatted(x.length, y.length));
    }
    ApertureResult result = empty(parameters.radii().length, x.length);
    GoodPixels pixels = new GoodPixels(image, variance, mask, parameters.badBits());
    Annulus annulus = new Annulus(pixels, parameters);
    WindowedMoments moments = new WindowedMoments(pixels, parameters);
    for (int k = 0; k < x.length; k++) {
      if (!Double.isFinite(x[k]) || !Double.isFinite(y[k])) {
        continue;
      }
      annulus.measure(x[k], y[k]);
      result.annulusBackground()[k] = annulus.median;
      result.annulusDeviation()[k] = annulus.deviation;
      for (int r = 0; r < parameters.radii().length; r++) {
        sumAperture(pixels, annulus, x[k], y[k], parameters.radii()[r], r, k, result);
      }
      moments.measure(x[k], y[k], annulus.median);
      result.x1()[k] = moments.x;
      result.y1()[k] = moments.y;
      result.x2()[k] = moments.xx;
      result.y2()[k] = moments.yy;
      result.xy()[k] = moments.xy;
      result.flags()[k] = pixels.bitsAround(x[k], y[k], parameters.flagRadius());
    }
    return result;
  }

  private static void sumAperture(
      GoodPixels pixels,
      Annulus annulus,
      double x,
      double y,
      double radius,
      int r,
      int k,
      ApertureResult result) {
    double sum = 0;
    double sumVariance = 0;
    double area = 0;
    int y1 = pixels.lastRow(y + radius + 0.5);
    int x0 = pixels.firstColumn(x - radius - 0.5);
    int x1 = pixels.lastColumn(x + radius + 0.5);
    for (int row = pixels.firstRow(y - radius - 0.5); row <= y1; row++) {
      for (int column = x0; column <= x1; column++) {
        double overlap = CircleOverlap.area(column - x, row - y, radius);
        if (overlap > 0 && pixels.isGood(column, row)) {
          sum += overlap * (pixels.value(column, row) - annulus.median);
          sumVariance += overlap * pixels.variance(column, row);
          area += overlap;
        }
      }
    }
    double medianVariance =
        annulus.count == 0
            ? 0
            : area * area * annulus.deviation * annulus.deviation * Math.PI / (2 * annulus.count);
    boolean measured = area > 0;
    result.flux()[r][k] = measured ? sum : Double.NaN;
    result.fluxError()[r][k] = measured ? Math.sqrt(sumVariance + medianVariance) : Double.NaN;
    result.badArea()[r][k] = Math.max(0, Math.PI * radius * radius - area);
  }

  private static ApertureResult empty(int radii, int n) {
    return new ApertureResult(
        nans(radii, n),
        nans(radii, n),
        nans(radii, n),
        nans(n),
        nans(n),
        nans(n),
        nans(n),
        nans(n),
        nans(n),
        nans(n),
        new int[n]);
  }

  private static double[] nans(int n) {
    double[] values = new double[n];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static double[][] nans(int rows, int n) {
    double[][] values = new double[rows][];
    Arrays.setAll(values, i -> nans(n));
    return values;
  }
}
