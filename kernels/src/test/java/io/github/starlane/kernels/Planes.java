package io.github.starlane.kernels;

import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/** Test images. */
public final class Planes {

  private Planes() {}

  /** A plane of Gaussian noise about a level. */
  public static float[] noise(long seed, int size, double level, double sigma) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[size];
    for (int i = 0; i < size; i++) {
      pixels[i] = (float) (level + sigma * random.nextGaussian());
    }
    return pixels;
  }

  /** A plane of one value. */
  public static float[] constant(int size, double value) {
    float[] pixels = new float[size];
    java.util.Arrays.fill(pixels, (float) value);
    return pixels;
  }

  /** A plane from a function of column and row. */
  public static float[] of(int width, int height, ToDoubleBiFunction<Integer, Integer> function) {
    float[] pixels = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (float) function.applyAsDouble(x, y);
      }
    }
    return pixels;
  }

  /** Replaces a share of the pixels by a value. */
  public static float[] sprinkle(long seed, float[] pixels, double share, float value) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < pixels.length; i++) {
      if (random.nextDouble() < share) {
        pixels[i] = value;
      }
    }
    return pixels;
  }

  /** Random mask bits: each of the given bits in a share of the pixels. */
  public static int[] bits(long seed, int size, double share, int... bits) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] mask = new int[size];
    for (int i = 0; i < size; i++) {
      for (int bit : bits) {
        mask[i] |= random.nextDouble() < share ? bit : 0;
      }
    }
    return mask;
  }

  /** Mean of an array. */
  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Root mean square of an array. */
  public static double rms(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  /** As doubles. */
  public static double[] toDouble(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
