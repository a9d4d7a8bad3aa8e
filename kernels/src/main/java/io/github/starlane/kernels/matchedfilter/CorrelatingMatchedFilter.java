package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.List;

/** What the CPU versions share; they differ in how they correlate. */
abstract class CorrelatingMatchedFilter implements MatchedFilter {

  /** Zeros the version wants behind each row of the planes. */
  abstract int tail();

  /**
   * The S/N map of one template, row-major without frame.
   *
   * @param keepLarger whether to keep what is larger already in {@code out}
   */
  abstract void correlate(
      WeightedPlanes planes, Template template, float[] out, boolean keepLarger);

  @Override
  public final void signalToNoise(
      Plane image, Plane variance, MaskPlane mask, Template template, int badBits, Plane out) {
    Shapes.requireSize("the output", out, image.width(), image.height());
    int radius = WeightedPlanes.radius(List.of(template));
    WeightedPlanes planes = new WeightedPlanes(image, variance, mask, badBits, radius, tail());
    correlate(planes, template, HostPlane.pixels(out), false);
  }

  @Override
  public final Peaks detect(
      Plane image, Plane variance, MaskPlane mask, MatchedFilterParameters parameters) {
    List<Template> templates = parameters.templates();
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("there is no template to look for");
    }
    int radius = WeightedPlanes.radius(templates);
    WeightedPlanes planes =
        new WeightedPlanes(image, variance, mask, parameters.badBits(), radius, tail());
    float[] largest = new float[image.width() * image.height()];
    for (int t = 0; t < templates.size(); t++) {
      correlate(planes, templates.get(t), largest, t > 0);
    }
    int[] maxima = LocalMaxima.find(largest, image.width(), image.height(), parameters);
    return PeakTable.measure(planes, largest, maxima, parameters);
  }
}
