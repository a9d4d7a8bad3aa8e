package io.github.starlane.kernels.fft;

/**
 * Sums of products at small lags: each tile is correlated with itself and its surroundings, and the
 * transforms of all tiles are added up before the one transform back. Tile and surroundings are
 * real and imaginary part of one transform.
 */
final class TileAutocorrelation {

  /** Tiles are so many times the largest lag, and at least so many pixels. */
  private static final int LAGS = 6;

  private static final int LEAST = 384;

  private final int width;
  private final int height;
  private final Axis alongX;
  private final Axis alongY;
  private final LaneTransform transform;
  private final float[] sumRe;
  private final float[] sumIm;

  /**
   * One axis of the tiling.
   *
   * @param tile pixels of a tile
   * @param margin pixels of its surroundings on either side
   * @param padded least length of the transform
   */
  private record Axis(int tile, int margin, int padded) {

    static Axis of(int length, int largestLag) {
      int lag = Math.min(largestLag, Math.max(0, length - 1));
      int padded = FastLength.next(Math.max(LEAST, LAGS * lag));
      // One tile has nothing around it; only the lags must not wrap around.
      return padded >= length + lag
          ? new Axis(length, 0, length + lag)
          : new Axis(padded - 2 * lag, lag, padded);
    }
  }

  TileAutocorrelation(int width, int height, int lagX, int lagY) {
    this.width = width;
    this.height = height;
    alongX = Axis.of(width, lagX);
    alongY = Axis.of(height, lagY);
    transform = new LaneTransform(alongX.padded, alongY.padded);
    sumRe = new float[transform.width * transform.height];
    sumIm = new float[sumRe.length];
  }

  /** Sums over an image. */
  void sum(float[] pixels, double level) {
    float[] re = new float[sumRe.length];
    float[] im = new float[sumRe.length];
    for (int y = 0; y < height; y += alongY.tile) {
      for (int x = 0; x < width; x += alongX.tile) {
        load(pixels, level, x, y, 0, 0, re);
        load(pixels, level, x, y, alongX.margin, alongY.margin, im);
        transform.forward(re, im);
        for (int v = 0; v < HermitianPair.rows(transform.height); v++) {
          addRow(re, im, v);
        }
      }
    }
    HermitianPair.complete(sumRe, sumIm, transform.width, transform.height);
    transform.inverse(sumRe, sumIm);
  }

  private void load(
      float[] pixels, double level, int x, int y, int marginX, int marginY, float[] plane) {
    LaneTiles.load(
        pixels,
        width,
        height,
        x - marginX,
        y - marginY,
        alongX.tile + 2 * marginX,
        alongY.tile + 2 * marginY,
        level,
        plane,
        transform.width,
        alongX.margin - marginX,
        alongY.margin - marginY);
  }

  /** Adds conj(A) · E, with A and E taken apart by the symmetry of transforms of real images. */
  private void addRow(float[] re, float[] im, int v) {
    int w = transform.width;
    int row = v * w;
    int mirror = (transform.height - v) % transform.height * w;
    for (int u = 0; u < w; u++) {
      int at = row + u;
      int other = mirror + (u == 0 ? 0 : w - u);
      float aRe = re[at] + re[other];
      float aIm = im[at] - im[other];
      float eRe = im[at] + im[other];
      float eIm = re[other] - re[at];
      sumRe[at] += aRe * eRe + aIm * eIm;
      sumIm[at] += aRe * eIm - aIm * eRe;
    }
  }

  /** The sum at a lag. */
  double at(int dx, int dy) {
    int x = Math.floorMod(dx, transform.width);
    int y = Math.floorMod(dy, transform.height);
    // A and E are halves of what addRow takes.
    return sumRe[y * transform.width + x] / (4.0 * transform.width * transform.height);
  }
}
