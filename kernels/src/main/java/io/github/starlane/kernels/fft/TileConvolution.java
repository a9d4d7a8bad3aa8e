package io.github.starlane.kernels.fft;

/**
 * Overlap–save: each transformed tile gives the outputs that its kernel does not wrap around to.
 * Two tiles at once, as real and imaginary part, which a real kernel keeps apart.
 */
final class TileConvolution {

  /** Tiles larger than this leave the cache. */
  private static final int LARGEST = 512;

  private final Kernel kernel;
  private final int width;
  private final int height;
  private final LaneTransform transform;
  private final int columns;
  private final int rows;
  private final float[] kernelRe;
  private final float[] kernelIm;
  private final float[] re;
  private final float[] im;

  /** Prepares convolutions of images of one size with one kernel. */
  TileConvolution(Kernel kernel, int width, int height) {
    this.kernel = kernel;
    this.width = width;
    this.height = height;
    transform = new LaneTransform(tile(kernel.width(), width), tile(kernel.height(), height));
    columns = transform.width - kernel.width() + 1;
    rows = transform.height - kernel.height() + 1;
    int size = transform.width * transform.height;
    kernelRe = new float[size];
    kernelIm = new float[size];
    re = new float[size];
    im = new float[size];
    LaneTiles.wrap(kernel, kernelRe, transform.width, transform.height);
    transform.forward(kernelRe, kernelIm);
    for (int k = 0; k < size; k++) {
      kernelRe[k] /= size;
      kernelIm[k] /= size;
    }
  }

  /** The side of a tile that costs least per output. */
  private static int tile(int kernel, int length) {
    int whole = FastLength.next(length + kernel - 1);
    int best = whole;
    double least = whole <= LARGEST ? cost(whole, kernel, length) : Double.POSITIVE_INFINITY;
    for (int side = FastLength.next(kernel + 15); side < whole; side = FastLength.next(side + 1)) {
      double cost = cost(side, kernel, length);
      if (side > LARGEST && side > 4 * kernel) {
        break;
      }
      if (cost < least) {
        least = cost;
        best = side;
      }
    }
    return best;
  }

  private static double cost(int side, int kernel, int length) {
    int tiles = (length + side - kernel) / (side - kernel + 1);
    return tiles * side * Math.log(side);
  }

  /** Convolves an image of the size that was prepared for; {@code out} is another array. */
  void convolve(float[] pixels, float[] out) {
    int across = (width + columns - 1) / columns;
    int count = across * ((height + rows - 1) / rows);
    for (int tile = 0; tile < count; tile += 2) {
      load(pixels, tile % across * columns, tile / across * rows, re);
      int next = tile + 1;
      // A tile beyond the last is empty.
      load(pixels, next % across * columns, next / across * rows, im);
      transform.forward(re, im);
      multiply(re, im, kernelRe, kernelIm);
      transform.inverse(re, im);
      store(re, tile % across * columns, tile / across * rows, out);
      store(im, next % across * columns, next / across * rows, out);
    }
  }

  private void load(float[] pixels, int x, int y, float[] plane) {
    LaneTiles.load(
        pixels,
        width,
        height,
        x - kernel.width() / 2,
        y - kernel.height() / 2,
        transform.width,
        transform.height,
        0,
        plane,
        transform.width,
        0,
        0);
  }

  private static void multiply(float[] re, float[] im, float[] otherRe, float[] otherIm) {
    for (int k = 0; k < re.length; k++) {
      float r = re[k] * otherRe[k] - im[k] * otherIm[k];
      float i = re[k] * otherIm[k] + im[k] * otherRe[k];
      re[k] = r;
      im[k] = i;
    }
  }

  private void store(float[] plane, int x, int y, float[] out) {
    int length = Math.min(columns, width - x);
    for (int j = 0; j < Math.min(rows, height - y); j++) {
      int from = (kernel.height() / 2 + j) * transform.width + kernel.width() / 2;
      System.arraycopy(plane, from, out, (y + j) * width + x, length);
    }
  }
}
