package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.List;
import java.util.function.IntConsumer;

/** What the CPU versions share; they differ in how they correlate. */
abstract class CorrelatingMatchedFilter implements MatchedFilter {

  /** The planes w and w·I with a frame of at least this width. */
  abstract WeightedPlanes weigh(Plane image, Plane variance, MaskPlane mask, int badBits, int pad);

  /**
   * The largest S/N over the templates, row-major without frame.
   *
   * @param made told again and again how many rows are made, in the end all
   */
  abstract void correlate(
      WeightedPlanes planes, List<Template> templates, float[] out, IntConsumer made);

  @Override
  public final void signalToNoise(
      Plane image, Plane variance, MaskPlane mask, Template template, int badBits, Plane out) {
    Shapes.requireSize("the output", out, image.width(), image.height());
    List<Template> alone = List.of(template);
    WeightedPlanes planes = weigh(image, variance, mask, badBits, WeightedPlanes.radius(alone));
    correlate(planes, alone, HostPlane.pixels(out), rows -> {});
  }

  @Override
  public final Peaks detect(
      Plane image, Plane variance, MaskPlane mask, MatchedFilterParameters parameters) {
    List<Template> templates = parameters.templates();
    if (parameters.searching() < 1 || parameters.searching() > templates.size()) {
      throw new IllegalArgumentException("there is no template to look for");
    }
    int radius = WeightedPlanes.radius(templates);
    WeightedPlanes planes = weigh(image, variance, mask, parameters.badBits(), radius);
    float[] largest = new float[image.width() * image.height()];
    LocalMaxima maxima = new LocalMaxima(largest, image.width(), image.height(), parameters);
    correlate(planes, templates.subList(0, parameters.searching()), largest, maxima::rowsAreMade);
    return PeakTable.measure(planes, largest, maxima.found(), parameters);
  }
}
