package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.matchedfilter.Template;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Fits the PSF to stars of one image, and takes stars off. */
final class StarFitter {
  /**
   * Relative error of the PSF model that is allowed for when faint neighbours of bright stars are
   * looked for.
   */
  private static final double PSF_ERROR = 0.03;

  /** Light fainter than this is not drawn [σ of the sky]. */
  private static final double NEGLIGIBLE = 0.03;

  private static final int LEAST_REACH = 4;

  /** Fits end when positions [pixel] and fluxes [σ] stand still within this. */
  private static final double FINE = 2e-3;

  private static final double COARSE = 3e-2;

  private final Backend backend;
  private final SourceSettings settings;
  private final MaskPlane mask;
  private final double gain;
  private final Psf psf;
  private final SkyModel sky;

  /** Largest value of the PSF on rings of so many pixels' radius and beyond. */
  private final double[] profile;

  private final int radius;

  StarFitter(Backend backend, SourceSettings settings, SourceImage image, SkyModel sky, Psf psf) {
    this.backend = backend;
    this.settings = settings;
    this.mask = image.frame().mask();
    this.gain = image.gain();
    this.psf = psf;
    this.sky = sky;
    this.profile = profile(psf);
    int wanted =
        settings.fitRadius() > 0 ? settings.fitRadius() : (int) Math.ceil(2.2 * psf.fwhm());
    this.radius = Math.min(psf.model().radius(), Math.max(3, wanted));
  }

  /** How stars are fitted that overlap with others. */
  PsfFitParameters parameters() {
    return parameters(true, settings.groupRadius() * psf.fwhm(), MaskBit.bad(), FINE);
  }

  private PsfFitParameters parameters(
      boolean fitPosition, double group, int badBits, double tolerance) {
    return new PsfFitParameters(
        radius,
        fitPosition,
        false,
        group,
        settings.maximumGroup(),
        15,
        0.5,
        Math.max(1, 0.7 * psf.fwhm()),
        tolerance,
        gain,
        badBits);
  }

  /** Fits overlapping stars together. */
  PsfFitResult fit(Plane image, Plane variance, Stars stars) {
    return backend.psfFit().fit(image, variance, mask, psf.model(), stars, parameters());
  }

  /** The same, not quite as finely: for stars that will be fitted again. */
  PsfFitResult fitCoarsely(Plane image, Plane variance, Stars stars) {
    double group = settings.groupRadius() * psf.fwhm();
    return backend
        .psfFit()
        .fit(
            image,
            variance,
            mask,
            psf.model(),
            stars,
            parameters(true, group, MaskBit.bad(), COARSE));
  }

  /** Fits each star as if there were no other. */
  PsfFitResult fitAlone(SkyModel sky, Stars stars, int badBits) {
    return backend
        .psfFit()
        .fit(
            sky.sky(),
            sky.variance(),
            mask,
            psf.model(),
            stars,
            parameters(true, 0, badBits, COARSE));
  }

  /** Fits fluxes at given positions, of each star alone. */
  PsfFitResult fitFluxes(Plane image, Plane variance, PsfModel model, Stars stars) {
    return backend
        .psfFit()
        .fit(image, variance, mask, model, stars, parameters(false, 0, MaskBit.bad(), FINE));
  }

  /**
   * Takes stars off, and lets the variance grow by their noise and by what the PSF may be wrong.
   */
  void takeOff(Stars stars, Plane image, Plane variance) {
    takeOff(stars, image, variance, PSF_ERROR);
  }

  /** The same with another relative error of the PSF. */
  void takeOff(Stars stars, Plane image, Plane variance, double psfError) {
    try (Plane drawn = backend.allocate(image.width(), image.height())) {
      draw(stars, drawn, 1);
      backend.arithmetic().subtractLight(image, variance, drawn, gain, psfError);
    }
  }

  /** Takes stars off an image of which the noise is of no interest. */
  void takeOff(Stars stars, Plane image) {
    draw(stars, image, -1);
  }

  /** Puts stars back, and their noise off; the PSF's error is not counted. */
  void putBack(Stars stars, Plane image, Plane variance) {
    draw(stars, image, 1);
    draw(stars, variance, -1 / gain);
  }

  /** Takes back what {@link #putBack} did. */
  void takeOffAgain(Stars stars, Plane image, Plane variance) {
    draw(stars, image, -1);
    draw(stars, variance, 1 / gain);
  }

  /** Draws stars, each as far as it can be seen. */
  private void draw(Stars stars, Plane onto, double factor) {
    double least = NEGLIGIBLE * Math.sqrt(Statistics.median(sky.background().variance()));
    int[] reach = new int[stars.count()];
    for (int i = 0; i < reach.length; i++) {
      reach[i] = LEAST_REACH;
      while (reach[i] < profile.length - 1 && stars.flux()[i] * profile[reach[i]] > least) {
        reach[i]++;
      }
    }
    for (int r = LEAST_REACH; r < profile.length; r++) {
      int radius = r;
      int[] those = IntStream.range(0, reach.length).filter(i -> reach[i] == radius).toArray();
      if (those.length > 0) {
        backend.psfFit().addStars(onto, psf.model(), select(stars, those), factor, radius);
      }
    }
  }

  private static Stars select(Stars stars, int[] those) {
    return new Stars(
        Arrays.stream(those).mapToDouble(i -> stars.x()[i]).toArray(),
        Arrays.stream(those).mapToDouble(i -> stars.y()[i]).toArray(),
        Arrays.stream(those).mapToDouble(i -> stars.flux()[i]).toArray());
  }

  private static double[] profile(Psf psf) {
    int radius = Math.max(LEAST_REACH, psf.model().radius());
    Template template = psf.template(psf.model().radius());
    double[] profile = new double[radius + 1];
    int middle = template.size() / 2;
    for (int i = 0; i < template.values().length; i++) {
      double dx = i % template.size() - middle;
      double dy = i / template.size() - middle;
      int ring = (int) Math.min(radius, Math.hypot(dx, dy));
      profile[ring] = Math.max(profile[ring], Math.abs(template.values()[i]));
    }
    for (int r = radius - 1; r >= 0; r--) {
      profile[r] = Math.max(profile[r], profile[r + 1]);
    }
    return profile;
  }
}
