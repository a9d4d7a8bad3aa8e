package io.github.starlane.testdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The chip: response and dark current of each pixel, bias of each column, and the way from
 * electrons to numbers. Holds two floats per pixel of the light area.
 */
final class DetectorModel {
  /** Spread of the dark current from pixel to pixel. */
  private static final double DARK_SPREAD = 0.3;

  /** Length over which the glow of the amplifier falls off, in units of the diagonal. */
  private static final double GLOW_LENGTH = 0.15;

  /** A pixel with a high dark current; x, y 0-based in the light area; rate in e⁻/s. */
  record HotPixel(int x, int y, double rate) {}

  /** A column whose response is low from row {@code firstRow} (0-based, light area) to the top. */
  record DeadColumn(int x, int firstRow, double response) {}

  private final FrameGeometry frame;
  private final DetectorParameters detector;
  private final FlatField flat;
  private final float[] response;
  private final float[] darkRate;
  private final float[] biasColumns;
  private final List<HotPixel> hotPixels = new ArrayList<>();
  private final List<DeadColumn> deadColumns = new ArrayList<>();

  DetectorModel(SimulationParameters p, Workers workers) {
    frame = p.frame();
    detector = p.detector();
    flat = new FlatField(p);
    response = new float[frame.lightWidth() * frame.lightHeight()];
    darkRate = new float[response.length];
    biasColumns = new float[frame.rawWidth()];
    workers.each(frame.lightHeight(), y -> fillRow(p.seed(), y));
    CounterRandom bias = Purpose.BIAS.open(p.seed());
    for (int x = 0; x < biasColumns.length; x++) {
      biasColumns[x] = (float) (detector.biasPattern() * bias.nextGaussian());
    }
    CounterRandom cosmetics = Purpose.COSMETICS.open(p.seed());
    addHotPixels(cosmetics);
    addDeadColumns(cosmetics);
  }

  private void fillRow(long seed, int y) {
    CounterRandom pixels = Purpose.RESPONSE.open(seed, y);
    CounterRandom dark = Purpose.DARK_CURRENT.open(seed, y);
    double length = GLOW_LENGTH * Math.hypot(frame.lightWidth(), frame.lightHeight());
    int start = y * frame.lightWidth();
    for (int x = 0; x < frame.lightWidth(); x++) {
      double gain = 1 + detector.pixelResponse() * pixels.nextGaussian();
      response[start + x] = (float) (flat.at(x, y) * gain);
      double spread = Math.max(0, 1 + DARK_SPREAD * dark.nextGaussian());
      double glow = detector.ampGlow() * Math.exp(-Math.hypot(x, y) / length);
      darkRate[start + x] = (float) (detector.darkCurrent() * spread + glow);
    }
  }

  /** Rates from 3 to 3000 e⁻/s, as many in each decade. */
  private void addHotPixels(CounterRandom random) {
    long count = Math.round(detector.hotPixelFraction() * response.length);
    Map<Integer, HotPixel> byPixel = new TreeMap<>();
    for (long i = 0; i < count; i++) {
      int x = random.nextInt(frame.lightWidth());
      int y = random.nextInt(frame.lightHeight());
      double rate = 3 * Math.pow(10, random.uniform(0, 3));
      darkRate[y * frame.lightWidth() + x] = (float) rate;
      byPixel.put(y * frame.lightWidth() + x, new HotPixel(x, y, rate));
    }
    hotPixels.addAll(byPixel.values());
  }

  private void addDeadColumns(CounterRandom random) {
    for (int i = 0; i < detector.deadColumns(); i++) {
      int x = random.nextInt(frame.lightWidth());
      int first = random.nextInt(frame.lightHeight() / 2);
      double factor = random.nextDouble() < 0.5 ? 0 : random.uniform(0.05, 0.25);
      for (int y = first; y < frame.lightHeight(); y++) {
        response[y * frame.lightWidth() + x] *= (float) factor;
      }
      deadColumns.add(new DeadColumn(x, first, factor));
    }
  }

  List<HotPixel> hotPixels() {
    return hotPixels;
  }

  List<DeadColumn> deadColumns() {
    return deadColumns;
  }

  FlatField flat() {
    return flat;
  }

  /** Dark current without spread and hot pixels at (x, y) [e⁻/s]. */
  double typicalDarkRate(double x, double y) {
    double length = GLOW_LENGTH * Math.hypot(frame.lightWidth(), frame.lightHeight());
    return detector.darkCurrent() + detector.ampGlow() * Math.exp(-Math.hypot(x, y) / length);
  }

  /**
   * Turns light into expected electrons, in place.
   *
   * @param light photo-electrons where the response is 1: whole rows of the light area
   * @param firstRow the first of these rows
   * @param exposure [s]
   */
  void expose(float[] light, int firstRow, double exposure) {
    int offset = firstRow * frame.lightWidth();
    float seconds = (float) exposure;
    for (int i = 0; i < light.length; i++) {
      light[i] = light[i] * response[offset + i] + seconds * darkRate[offset + i];
    }
  }

  /**
   * Reads out a row: noise, non-linearity, bias, clipping, rounding.
   *
   * @param expected expected electrons of the light area
   * @param start where the row starts in {@code expected}; negative for an unexposed row
   * @param biasOffset deviation of the bias level of this frame [ADU]
   * @param random noise of this row
   * @param counts receives the row's numbers, 0 … 65535
   */
  void readRow(float[] expected, int start, double biasOffset, CounterRandom random, int[] counts) {
    double full = detector.saturation() * detector.gain();
    double curve = detector.nonLinearity() / full;
    double level = detector.bias() + biasOffset;
    for (int x = 0; x < counts.length; x++) {
      boolean exposed = start >= 0 && x < frame.lightWidth();
      double electrons = random.electrons(exposed ? expected[start + x] : 0, detector.readNoise());
      double seen = electrons * (1 - curve * Math.clamp(electrons, 0, full));
      double adu = seen / detector.gain() + level + biasColumns[x];
      counts[x] = (int) Math.clamp(Math.rint(adu), 0, detector.clip());
    }
  }
}
