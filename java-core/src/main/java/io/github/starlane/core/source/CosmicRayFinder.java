package io.github.starlane.core.source;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.laplacian.LaplacianParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds the cosmic rays of a single exposure and marks them in its mask ({@link
 * MaskBit#COSMIC_RAY_LAPLACIAN}).
 *
 * <p>L.A.Cosmic (van Dokkum 2001) proposes pixels. The cores of well-focused stars have sharp edges
 * too, so that each group of touching pixels is then put to the test "is this a star?": it is one
 * if the PSF, fitted to the pixels around the group, expects the light that is in it, or if the PSF
 * fits all pixels about as well as their noise allows.
 */
final class CosmicRayFinder {
  private static final int BIT = MaskBit.COSMIC_RAY_LAPLACIAN.bit();

  /** Deviations in σ that noise may cause. */
  private static final double CHANCE = 4;

  /** Relative error of the PSF that is allowed for. */
  private static final double PSF_ERROR = 0.1;

  /** The light in a star's core may be so many times what the pixels around make expect. */
  private static final double TOLERANCE = 1.3;

  private final Backend backend;
  private final CosmicRaySettings settings;

  CosmicRayFinder(Backend backend, CosmicRaySettings settings) {
    this.backend = backend;
    this.settings = settings;
  }

  /**
   * Marks the cosmic rays.
   *
   * @param remarks receives a sentence if they were too many to be true
   * @return number of hits
   */
  int mark(SourceImage image, SkyModel sky, StarFitter fitter, Psf psf, List<String> remarks) {
    if (!settings.find() || !image.singleExposure()) {
      return 0;
    }
    List<int[]> groups = propose(image);
    boolean[] star = stars(groups, image, sky, fitter, psf);
    int[] cleared = pixels(groups, star, true);
    int[] left = pixels(groups, star, false);
    double fraction = left.length / ((double) image.width() * image.height());
    if (fraction > settings.maximumFraction()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "cosmic rays would be %.2f %% of the pixels, which cannot be: none is masked",
              100 * fraction));
      clear(pixels(groups, new boolean[star.length], false), image);
      return 0;
    }
    clear(cleared, image);
    return (int) IntStream.range(0, star.length).filter(k -> !star[k]).count();
  }

  private void clear(int[] pixels, SourceImage image) {
    backend
        .arithmetic()
        .changeBits(
            image.frame().mask(),
            columns(pixels, image.width()),
            rows(pixels, image.width()),
            BIT,
            0);
  }

  /** The pixels of all groups that are, or are not, stars. */
  private static int[] pixels(List<int[]> groups, boolean[] star, boolean wanted) {
    return IntStream.range(0, star.length)
        .filter(k -> star[k] == wanted)
        .mapToObj(groups::get)
        .flatMapToInt(Arrays::stream)
        .toArray();
  }

  private List<int[]> propose(SourceImage image) {
    LaplacianParameters parameters =
        new LaplacianParameters(
            settings.sigmaClip(),
            settings.sigmaFraction(),
            settings.objectLimit(),
            settings.iterations(),
            false,
            null,
            LaplacianParameters.Fill.MEAN,
            1,
            0,
            Double.POSITIVE_INFINITY,
            MaskBit.bad(),
            BIT,
            0);
    MaskPlane mask = image.frame().mask();
    backend
        .laplacian()
        .find(image.frame().image(), image.frame().variance(), mask, parameters, mask, null);
    return new PixelGroups(backend.toHost(mask), image.width(), BIT).groups();
  }

  /** Centroids of the light in the groups, and that light. */
  private Stars centres(List<int[]> groups, Plane sky) {
    int n = groups.size();
    Stars centres = new Stars(new double[n], new double[n], new double[n]);
    for (int k = 0; k < n; k++) {
      int[] x = columns(groups.get(k), sky.width());
      int[] y = rows(groups.get(k), sky.width());
      float[] light = backend.arithmetic().sample(sky, x, y);
      double sum = 0;
      double weights = 0;
      for (int i = 0; i < x.length; i++) {
        double weight = Math.max(1e-6, light[i]);
        weights += weight;
        centres.x()[k] += weight * x[i];
        centres.y()[k] += weight * y[i];
        sum += light[i];
      }
      centres.x()[k] /= weights;
      centres.y()[k] /= weights;
      centres.flux()[k] = sum;
    }
    return centres;
  }

  /** Which of the groups are stars. */
  private boolean[] stars(
      List<int[]> groups, SourceImage image, SkyModel sky, StarFitter fitter, Psf psf) {
    Stars centres = centres(groups, sky.sky());
    PsfFitResult around = fitter.fitAlone(sky, centres, MaskBit.bad());
    PsfFitResult whole = fitter.fitAlone(sky, centres, MaskBit.bad() & ~BIT);
    boolean[] star = new boolean[groups.size()];
    for (int k = 0; k < star.length; k++) {
      star[k] =
          fits(whole, k)
              || isExpected(groups.get(k), centres.flux()[k], around, k, psf, image.width());
    }
    return star;
  }

  /** Whether the pixels around a group make expect its light. */
  private boolean isExpected(
      int[] group, double light, PsfFitResult around, int k, Psf psf, int width) {
    double flux = around.flux()[k];
    double error = around.fluxError()[k];
    // Written so that a fit that failed says no.
    if (!(flux > CHANCE * error)) {
      return false;
    }
    double share = 0;
    for (int pixel : group) {
      share += PsfValue.at(psf.model(), around.x()[k], around.y()[k], pixel % width, pixel / width);
    }
    double noise = Math.hypot(error * share, Math.sqrt(Math.max(0, light)));
    return light <= TOLERANCE * flux * share + CHANCE * noise;
  }

  /** Whether the PSF fits as well as the noise and its own error allow. */
  private static boolean fits(PsfFitResult fit, int k) {
    double freedom = fit.degreesOfFreedom()[k];
    double signalToNoise = fit.flux()[k] / fit.fluxError()[k];
    double allowed =
        freedom + CHANCE * Math.sqrt(2 * freedom) + Math.pow(PSF_ERROR * signalToNoise, 2);
    return fit.chiSquare()[k] <= allowed;
  }

  private static int[] columns(int[] pixels, int width) {
    return Arrays.stream(pixels).map(i -> i % width).toArray();
  }

  private static int[] rows(int[] pixels, int width) {
    return Arrays.stream(pixels).map(i -> i / width).toArray();
  }
}
