package io.github.starlane.kernels.aperture;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import io.github.starlane.kernels.SweepOrder;
import java.util.Arrays;
import java.util.Locale;

/** What the CPU versions share: one source after the other, in double precision. */
abstract class SourceAperture implements Aperture {

  abstract SourceMeter newMeter(GoodPixels pixels, ApertureParameters parameters);

  @Override
  public final ApertureResult measure(
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
          String.format(Locale.ROOT, "%d columns and %d rows of positions", x.length, y.length));
    }
    ApertureResult result = empty(parameters.radii().length, x.length);
    GoodPixels pixels = new GoodPixels(image, variance, mask, parameters.badBits());
    SourceMeter meter = newMeter(pixels, parameters);
    for (int k : SweepOrder.of(x, y)) {
      if (Double.isFinite(x[k]) && Double.isFinite(y[k])) {
        meter.turnTo(x[k], y[k]);
        measure(meter, x[k], y[k], k, parameters, result);
        result.flags()[k] = pixels.bitsAround(x[k], y[k], parameters.flagRadius());
      }
    }
    return result;
  }

  private static void measure(
      SourceMeter meter,
      double x,
      double y,
      int k,
      ApertureParameters parameters,
      ApertureResult result) {
    Annulus annulus = meter.annulus;
    annulus.measure(x, y);
    result.annulusBackground()[k] = annulus.level;
    result.annulusDeviation()[k] = annulus.deviation;
    double levelVariance = annulus.deviation * annulus.deviation * annulus.levelVariance();
    for (int r = 0; r < parameters.radii().length; r++) {
      double radius = parameters.radii()[r];
      meter.sumAperture(x, y, radius);
      double area = meter.area;
      if (area > 0) {
        double ofLevel = annulus.isWanted() ? area * area * levelVariance : 0;
        result.flux()[r][k] = meter.sum;
        result.fluxError()[r][k] = Math.sqrt(meter.sumVariance + ofLevel);
      }
      result.badArea()[r][k] = Math.max(0, Math.PI * radius * radius - area);
    }
    WindowedMoments moments = meter.moments;
    moments.measure(x, y, annulus.level);
    result.x1()[k] = moments.x;
    result.y1()[k] = moments.y;
    result.x2()[k] = moments.xx;
    result.y2()[k] = moments.yy;
    result.xy()[k] = moments.xy;
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
