package io.github.starlane.kernels.laplacian;

import io.github.starlane.kernels.Moffat;
import io.github.starlane.kernels.Planes;
import io.github.starlane.kernels.matchedfilter.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A simulated exposure of 300 electrons of sky with stars and cosmic rays whose place is known. */
final class CosmicField {

  private static final double SKY = 300;
  private static final double READ_NOISE = 3.5;
  private static final int REACH = 12;

  private final int width;
  private final int height;
  private final SplittableRandom random;
  private final float[] expected;
  private final float[] hits;
  private final List<double[]> stars = new ArrayList<>();

  CosmicField(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    random = new SplittableRandom(seed);
    expected = Planes.constant(width * height, SKY);
    hits = new float[width * height];
  }

  /** Stars N(&gt; F) ∝ F^-0.7 from S/N 5 up to the brightest that do not saturate. */
  void addStars(int count, double fwhm) {
    for (int k = 0; k < count; k++) {
      double flux = Math.min(4e5, 330 * Math.pow(1 - random.nextDouble(), -1 / 0.7));
      addStar(random.nextDouble() * width, random.nextDouble() * height, flux, fwhm);
    }
  }

  void addStar(double x, double y, double flux, double fwhm) {
    new Moffat(fwhm, 3).add(expected, width, x, y, flux, REACH);
    stars.add(new double[] {x, y, flux});
  }

  /** Half of them single pixels of 50 to 5000 electrons, half tracks of up to 12 pixels. */
  void addCosmicRays(int count) {
    for (int k = 0; k < count; k++) {
      double energy = 50 * Math.pow(100, random.nextDouble());
      double x = random.nextDouble() * width;
      double y = random.nextDouble() * height;
      if (k % 2 == 0) {
        addPixel((int) x, (int) y, energy);
        continue;
      }
      double angle = Math.PI * random.nextDouble();
      int length = 2 + random.nextInt(10);
      for (int step = 0; step < 4 * length; step++) {
        int i = (int) (x + 0.25 * step * Math.cos(angle));
        int j = (int) (y + 0.25 * step * Math.sin(angle));
        addPixel(i, j, energy / 4);
      }
    }
  }

  void addPixel(int x, int y, double electrons) {
    if (x >= 0 && x < width && y >= 0 && y < height) {
      hits[y * width + x] += (float) electrons;
    }
  }

  /** Image with its noise; cosmic rays bring no noise of their own here. */
  float[] noisyImage() {
    float[] image = expected.clone();
    for (int i = 0; i < image.length; i++) {
      double sigma = Math.sqrt(expected[i] + READ_NOISE * READ_NOISE);
      image[i] += (float) (sigma * random.nextGaussian()) + hits[i];
    }
    return image;
  }

  float[] variance() {
    float[] variance = new float[expected.length];
    for (int i = 0; i < variance.length; i++) {
      variance[i] = (float) (expected[i] + hits[i] + READ_NOISE * READ_NOISE);
    }
    return variance;
  }

  Template template(int size, double fwhm) {
    Moffat psf = new Moffat(fwhm, 3);
    int half = size / 2;
    return new Template(
        "psf", size, Planes.of(size, size, (x, y) -> psf.pixel(x - half, y - half)));
  }

  /** Share of the pixels hit by more than so many σ that carry the bit. */
  double completeness(int[] bits, int bit, double sigmas) {
    int all = 0;
    int found = 0;
    for (int i = 0; i < hits.length; i++) {
      if (hits[i] > sigmas * Math.sqrt(expected[i] + READ_NOISE * READ_NOISE)) {
        all++;
        found += (bits[i] & bit) != 0 ? 1 : 0;
      }
    }
    return (double) found / all;
  }

  /** Share of the stars with a flagged pixel within a pixel of their centre that no ray hit. */
  double starsHit(int[] bits, int bit) {
    int hit = 0;
    for (double[] star : stars) {
      boolean any = false;
      for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
          int x = (int) Math.round(star[0]) + i;
          int y = (int) Math.round(star[1]) + j;
          boolean inside = x >= 0 && y >= 0 && x < width && y < height;
          any |= inside && (bits[y * width + x] & bit) != 0 && !hitNear(x, y);
        }
      }
      hit += any ? 1 : 0;
    }
    return (double) hit / stars.size();
  }

  /** Flagged pixels with no ray within a pixel of them. */
  int falsePixels(int[] bits, int bit) {
    int wrong = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        wrong += (bits[y * width + x] & bit) != 0 && !hitNear(x, y) ? 1 : 0;
      }
    }
    return wrong;
  }

  private boolean hitNear(int x, int y) {
    for (int j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
      for (int i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
        if (hits[j * width + i] > 0) {
          return true;
        }
      }
    }
    return false;
  }
}
