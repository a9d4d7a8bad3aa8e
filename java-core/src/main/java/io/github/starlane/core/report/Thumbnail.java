package io.github.starlane.core.report;

import io.github.starlane.core.Statistics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Small grey pictures of images, as PNG. */
public final class Thumbnail {

  /** Sky noise in units of which the stretch turns from linear to logarithmic. */
  private static final double SOFTENING = 3;

  /** The brightest shade stands for so many times the noise above the sky. */
  private static final double WHITE = 300;

  private static final double DEVIATION = 6;

  private static final int MOST_SAMPLES = 40_000;

  private Thumbnail() {}

  /**
   * Shrinks an image by whole factors (mean of each block, NaN left out) and stretches it: sky at
   * dark grey, then asinh (R. H. Lupton et al. 2004, PASP 116, 133) up to {@value #WHITE} times the
   * noise. The first row of the image becomes the bottom row of the picture, as FITS viewers have
   * it. Where nothing is known the picture is black.
   *
   * @param pixels row-major, {@code width * height}; not changed
   * @param width columns
   * @param height rows
   * @param maxSize the picture's longer side will not exceed this
   * @return PNG, 8 bits grey
   * @throws IllegalArgumentException if the sizes do not fit or are not positive
   */
  public static byte[] png(float[] pixels, int width, int height, int maxSize) {
    if (width <= 0 || height <= 0 || maxSize <= 0 || pixels.length != width * height) {
      throw new IllegalArgumentException(
          pixels.length + " pixels for " + width + " × " + height + ", at most " + maxSize);
    }
    int factor = Math.ceilDiv(Math.max(width, height), maxSize);
    int w = Math.ceilDiv(width, factor);
    int h = Math.ceilDiv(height, factor);
    float[] small = shrink(pixels, width, height, factor, w, h);
    double[] sky = medianAndNoise(small);
    BufferedImage picture = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int grey = shade(small[y * w + x], sky[0], sky[1]);
        picture.getRaster().setSample(x, h - 1 - y, 0, grey);
      }
    }
    return encode(picture);
  }

  /**
   * A picture of deviations: grey is none, black and white are {@value #DEVIATION} σ down and up.
   * The first row becomes the bottom row of the picture. Where nothing is known it is grey.
   *
   * @param deviations row-major [σ]
   * @return PNG, 8 bits grey
   */
  public static byte[] significance(float[] deviations, int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float d = deviations[y * width + x];
        double f = Float.isFinite(d) ? Math.clamp(0.5 + d / (2 * DEVIATION), 0, 1) : 0.5;
        picture.getRaster().setSample(x, height - 1 - y, 0, (int) Math.round(255 * f));
      }
    }
    return encode(picture);
  }

  /**
   * Makes a PNG smaller.
   *
   * @param png a picture
   * @param factor new side over old side, below 1
   * @return the smaller picture, or the same if it cannot be read
   */
  static byte[] scaled(byte[] png, double factor) {
    BufferedImage image;
    try {
      image = ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      return png;
    }
    if (image == null) {
      return png;
    }
    int w = Math.max(1, (int) (image.getWidth() * factor));
    int h = Math.max(1, (int) (image.getHeight() * factor));
    BufferedImage smaller = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = smaller.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, w, h, null);
    graphics.dispose();
    return encode(smaller);
  }

  private static float[] shrink(float[] pixels, int width, int height, int factor, int w, int h) {
    float[] small = new float[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int xEnd = Math.min(width, (x + 1) * factor);
        int yEnd = Math.min(height, (y + 1) * factor);
        double sum = 0;
        int known = 0;
        for (int j = y * factor; j < yEnd; j++) {
          for (int i = x * factor; i < xEnd; i++) {
            float value = pixels[j * width + i];
            if (Float.isFinite(value)) {
              sum += value;
              known++;
            }
          }
        }
        small[y * w + x] = known > 0 ? (float) (sum / known) : Float.NaN;
      }
    }
    return small;
  }

  /** Median and 1.4826 × median absolute deviation of a sample of the finite pixels. */
  private static double[] medianAndNoise(float[] pixels) {
    int stride = Math.ceilDiv(pixels.length, MOST_SAMPLES);
    double[] sample = new double[Math.ceilDiv(pixels.length, stride)];
    int n = 0;
    for (int i = 0; i < pixels.length; i += stride) {
      if (Float.isFinite(pixels[i])) {
        sample[n++] = pixels[i];
      }
    }
    if (n == 0) {
      return new double[] {0, 1};
    }
    double[] finite = Arrays.copyOf(sample, n);
    double median = Statistics.median(finite);
    double noise = Statistics.robustDeviation(finite, median);
    return new double[] {median, noise > 0 ? noise : 1};
  }

  private static int shade(float value, double sky, double noise) {
    if (!Float.isFinite(value)) {
      return 0;
    }
    double black = asinh(-1);
    double level = (value - sky) / noise / SOFTENING;
    double f = (asinh(level) - black) / (asinh(WHITE / SOFTENING) - black);
    return (int) Math.round(255 * Math.clamp(f, 0, 1));
  }

  private static double asinh(double v) {
    return Math.signum(v) * Math.log(Math.abs(v) + Math.sqrt(v * v + 1));
  }

  private static byte[] encode(BufferedImage picture) {
    ImageIO.setUseCache(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException("a PNG cannot be written to memory", e);
    }
    return bytes.toByteArray();
  }
}
