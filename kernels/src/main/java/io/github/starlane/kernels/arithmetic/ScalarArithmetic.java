package io.github.starlane.kernels.arithmetic;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.Arrays;
import java.util.Objects;

/** Plain loops, which the JIT compiler turns into vectors by itself: of both CPU backends. */
public final class ScalarArithmetic implements Arithmetic {

  @Override
  public void copy(Plane from, Plane to) {
    Shapes.requireSize("the copy", to, from.width(), from.height());
    float[] source = HostPlane.pixels(from);
    System.arraycopy(source, 0, HostPlane.pixels(to), 0, source.length);
  }

  @Override
  public void fill(Plane plane, double value) {
    Arrays.fill(HostPlane.pixels(plane), (float) value);
  }

  @Override
  public void scale(Plane plane, double factor) {
    float[] pixels = HostPlane.pixels(plane);
    float f = (float) factor;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] *= f;
    }
  }

  @Override
  public void subtract(Plane image, Plane light) {
    Shapes.requireSize("the light", light, image.width(), image.height());
    subtract(HostPlane.pixels(image), HostPlane.pixels(light));
  }

  private static void subtract(float[] image, float[] light) {
    for (int i = 0; i < image.length; i++) {
      image[i] -= light[i];
    }
  }

  @Override
  public void subtractLight(
      Plane image, Plane variance, Plane light, double gain, double relativeError) {
    Shapes.requireSize("the variance", variance, image.width(), image.height());
    Shapes.requireSize("the light", light, image.width(), image.height());
    subtractLight(
        HostPlane.pixels(image),
        HostPlane.pixels(variance),
        HostPlane.pixels(light),
        (float) (1 / gain),
        (float) (relativeError * relativeError));
  }

  private static void subtractLight(
      float[] image, float[] variance, float[] light, float perLight, float perSquare) {
    for (int i = 0; i < image.length; i++) {
      float m = light[i];
      image[i] -= m;
      variance[i] += Math.max(m, 0) * perLight + perSquare * m * m;
    }
  }

  @Override
  public float[] sample(Plane plane, int[] x, int[] y) {
    float[] pixels = HostPlane.pixels(plane);
    float[] values = new float[x.length];
    for (int k = 0; k < x.length; k++) {
      int column = Objects.checkIndex(x[k], plane.width());
      values[k] = pixels[Objects.checkIndex(y[k], plane.height()) * plane.width() + column];
    }
    return values;
  }

  @Override
  public void changeBits(MaskPlane mask, int[] x, int[] y, int cleared, int set) {
    int[] all = HostMaskPlane.bits(mask);
    for (int k = 0; k < x.length; k++) {
      int column = Objects.checkIndex(x[k], mask.width());
      int i = Objects.checkIndex(y[k], mask.height()) * mask.width() + column;
      all[i] = (all[i] & ~cleared) | set;
    }
  }
}
