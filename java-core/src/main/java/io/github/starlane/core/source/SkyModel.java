package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.background.BackgroundSettings;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.background.BackgroundGrid;

/**
 * What lies under the sources of an image: its background, the noise of the background, and the
 * halos of very bright stars. Holds the image without them, and the noise, as planes.
 */
final class SkyModel implements AutoCloseable {
  /** Relative error of the model of halos. */
  private static final double HALO_ERROR = 0.1;

  private final Backend backend;
  private final BackgroundSettings settings;
  private final SourceImage image;
  private final Plane sky;
  private final Plane variance;
  private Plane halo;
  private BackgroundGrid background;

  /** A model whose background is not known yet. */
  SkyModel(Backend backend, BackgroundSettings settings, SourceImage image) {
    this.backend = backend;
    this.settings = settings;
    this.image = image;
    this.sky = allocate();
    this.variance = allocate();
  }

  /** Estimates the background from the image as it is. */
  void estimate() {
    estimate(image.frame().image());
  }

  /**
   * Estimates the background.
   *
   * @param cleaned the image without its sources and halos
   */
  void estimate(Plane cleaned) {
    use(
        backend
            .background()
            .estimate(cleaned, image.frame().mask(), settings.parameters(MaskBit.bad())));
  }

  /** Takes a background that was estimated before. */
  void use(BackgroundGrid estimated) {
    background = estimated;
    backend.background().subtract(image.frame().image(), background, sky);
    if (image.relativeVariance() == null) {
      backend.background().renderVariance(background, variance);
    } else {
      // The typical block's variance everywhere, times the relative one.
      backend.arithmetic().copy(image.relativeVariance(), variance);
      backend.arithmetic().scale(variance, Statistics.median(background.variance()));
    }
    takeHaloOff();
  }

  /**
   * Takes the light of halos off; the model of an earlier call counts no longer.
   *
   * @param light all halos [image unit]; this model closes it
   */
  void takeOff(Plane light) {
    if (halo != null) {
      halo.close();
    }
    halo = light;
    use(background);
  }

  private void takeHaloOff() {
    if (halo != null) {
      backend.arithmetic().subtractLight(sky, variance, halo, image.gain(), HALO_ERROR);
    }
  }

  /** A copy of the image, with its background, without halos. */
  Plane imageWithoutHalos() {
    Plane copy = copy(image.frame().image());
    if (halo != null) {
      backend.arithmetic().subtract(copy, halo);
    }
    return copy;
  }

  /** The image without background and halos; not to be written to. */
  Plane sky() {
    return sky;
  }

  /** Noise variance of {@link #sky} but for that of the sources; not to be written to. */
  Plane variance() {
    return variance;
  }

  BackgroundGrid background() {
    return background;
  }

  Plane copy(Plane plane) {
    Plane copy = allocate();
    backend.arithmetic().copy(plane, copy);
    return copy;
  }

  Plane allocate() {
    return backend.allocate(image.width(), image.height());
  }

  @Override
  public void close() {
    sky.close();
    variance.close();
    if (halo != null) {
      halo.close();
    }
  }
}
