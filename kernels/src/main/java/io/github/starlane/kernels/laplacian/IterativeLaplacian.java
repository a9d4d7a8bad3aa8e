package io.github.starlane.kernels.laplacian;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import io.github.starlane.kernels.laplacian.LaplacianParameters.Fill;
import java.util.Arrays;
import java.util.BitSet;

/** What the CPU versions share: the iterations. They differ in how they compute S′ and F. */
abstract class IterativeLaplacian implements Laplacian {

  private static final byte FILLED = WorkingImage.COSMIC | WorkingImage.MISSING;

  abstract Detector detector(WorkingImage working, LaplacianParameters parameters);

  /** Columns right of the image that the detector may read. */
  abstract int rightMargin();

  @Override
  public final CosmicRays find(
      Plane image,
      Plane variance,
      MaskPlane mask,
      LaplacianParameters parameters,
      MaskPlane out,
      Plane cleaned) {
    check(parameters);
    int width = image.width();
    int height = image.height();
    Shapes.requireSize("the variance", variance, width, height);
    Shapes.requireSize("the mask", mask, width, height);
    Shapes.requireSize("the output mask", out, width, height);
    Shapes.requireSize("the cleaned image", cleaned, width, height);
    int[] bits = HostMaskPlane.bits(out);
    if (bits.length == 0) {
      return new CosmicRays(new int[0]);
    }
    // Room for a filter, and for the neighbours of a cosmic ray.
    int margin = parameters.reach() + 2;
    WorkingImage working =
        new WorkingImage(image, variance, mask, parameters, margin, margin + rightMargin());
    working.protectStars(bits);
    int[] found = iterate(working, parameters, bits);
    if (cleaned != null) {
      copyFilled(working, HostPlane.pixels(image), HostPlane.pixels(cleaned));
    }
    return new CosmicRays(found);
  }

  private static void check(LaplacianParameters parameters) {
    if (!(parameters.sigmaClip() > 0)) {
      throw new IllegalArgumentException("a sigmaClip of " + parameters.sigmaClip());
    }
    if (parameters.psf() != null && parameters.psf().size() % 2 == 0) {
      throw new IllegalArgumentException(
          "a PSF of " + parameters.psf().size() + " columns has no middle");
    }
  }

  private int[] iterate(WorkingImage working, LaplacianParameters parameters, int[] bits) {
    Detector detector = detector(working, parameters);
    Filler filler = new Filler(working, parameters.fill());
    int[] found = new int[Math.max(0, parameters.iterations())];
    for (int round = 0; round < found.length; round++) {
      PixelList pixels = new PixelList();
      detector.cosmicRays(pixels);
      double low = parameters.sigmaFraction() * parameters.sigmaClip();
      pixels = grown(working, detector, pixels, parameters.sigmaClip());
      pixels = grown(working, detector, pixels, low);
      PixelList fresh = mark(working, pixels);
      found[round] = fresh.size();
      if (fresh.size() == 0) {
        return Arrays.copyOf(found, round + 1);
      }
      for (int k = 0; k < fresh.size(); k++) {
        int index = fresh.get(k);
        bits[working.y(index) * working.width + working.x(index)] |= parameters.cosmicRayBit();
      }
      PixelList stale = parameters.fill() == Fill.MEDIAN ? fresh : near(working, fresh);
      filler.fill(stale);
      detector.filled(stale);
    }
    return found;
  }

  /** The pixels and those of their neighbours whose S′ is above a limit. */
  private static PixelList grown(
      WorkingImage working, Detector detector, PixelList pixels, double limit) {
    PixelList grown = new PixelList();
    for (int k = 0; k < pixels.size(); k++) {
      grown.add(pixels.get(k));
      for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
          int at = pixels.get(k) + j * working.stride + i;
          boolean open = (working.state[at] & WorkingImage.PROTECTED) == 0;
          if (open && detector.significance(at) > limit) {
            grown.add(at);
          }
        }
      }
    }
    return grown;
  }

  /** Marks pixels and returns those that were not. */
  private static PixelList mark(WorkingImage working, PixelList pixels) {
    PixelList fresh = new PixelList();
    for (int k = 0; k < pixels.size(); k++) {
      int at = pixels.get(k);
      if ((working.state[at] & WorkingImage.COSMIC) == 0) {
        working.state[at] |= WorkingImage.COSMIC;
        fresh.add(at);
      }
    }
    return fresh;
  }

  /** Cosmic rays, old and new, that a fresh one stands in the 5 × 5 pixels of; each once. */
  private static PixelList near(WorkingImage working, PixelList fresh) {
    PixelList near = new PixelList();
    BitSet seen = new BitSet();
    for (int k = 0; k < fresh.size(); k++) {
      for (int j = -2; j <= 2; j++) {
        for (int i = -2; i <= 2; i++) {
          int at = fresh.get(k) + j * working.stride + i;
          if ((working.state[at] & WorkingImage.COSMIC) != 0 && !seen.get(at)) {
            seen.set(at);
            near.add(at);
          }
        }
      }
    }
    return near;
  }

  private static void copyFilled(WorkingImage working, float[] image, float[] cleaned) {
    for (int y = 0; y < working.height; y++) {
      int row = working.index(0, y);
      int to = y * working.width;
      for (int x = 0; x < working.width; x++) {
        boolean filled = (working.state[row + x] & FILLED) != 0;
        cleaned[to + x] = filled ? working.image[row + x] : image[to + x];
      }
    }
  }
}
