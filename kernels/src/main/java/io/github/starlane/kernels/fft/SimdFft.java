package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;

/** The vector version, all by {@link LaneTransform}. */
public final class SimdFft implements Fft {

  @Override
  public void convolve(Plane image, Kernel kernel, Plane out) {
    Shapes.requireSize("the output", out, image.width(), image.height());
    TileConvolution tiles = new TileConvolution(kernel, image.width(), image.height());
    tiles.convolve(HostPlane.pixels(image), HostPlane.pixels(out));
  }

  @Override
  public Autocorrelation autocorrelate(Plane image, int lagX, int lagY, boolean subtractMean) {
    Lags.require(lagX, lagY);
    float[] pixels = HostPlane.pixels(image);
    double[] countAndMean = GoodPixels.countAndMean(pixels);
    double level = subtractMean ? countAndMean[1] : 0;
    double squares = GoodPixels.sumOfSquares(pixels, level);
    TileAutocorrelation tiles = new TileAutocorrelation(image.width(), image.height(), lagX, lagY);
    if (squares > 0) {
      tiles.sum(pixels, level);
    }
    return Lags.normalise(
        image.width(), image.height(), lagX, lagY, countAndMean, squares, tiles::at);
  }

  @Override
  public ProperCoadd properCoadd(int width, int height, int padding) {
    return new SimdProperCoadd(width, height, padding);
  }
}
