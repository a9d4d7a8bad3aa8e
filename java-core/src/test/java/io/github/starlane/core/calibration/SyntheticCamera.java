package io.github.starlane.core.calibration;

import io.github.starlane.core.fits.TestFits;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.ExposureReader;
import io.github.starlane.core.instrument.InstrumentProfiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A camera of which everything is known: 120 × 100 pixels of light after 8 columns of overscan, a
 * bias with columns, a dark current with a slope and hot pixels, a flat with vignetting and a dead
 * pixel. Numbers in ADU; noise is that of reading plus that of the electrons.
 */
final class SyntheticCamera {
  static final int WIDTH = 120;
  static final int HEIGHT = 100;
  static final int OVERSCAN = 8;
  static final double GAIN = 2;
  static final double READ_NOISE = 6;
  static final double SATURATION = 40000;
  static final List<int[]> HOT = List.of(new int[] {10, 20}, new int[] {119, 99}, new int[] {0, 0});
  static final int DEAD_X = 60;
  static final int DEAD_Y = 50;

  private final Path folder;
  private final Random random = new Random(20260115);
  private int frames;
  private int[] hitPixel = {-1, -1};
  private double hitSignal;
  private String extraCard = "OBSERVER= 'Ada'";

  SyntheticCamera(Path folder) {
    this.folder = folder;
  }

  /** A further card in the frames from now on. */
  SyntheticCamera card(String line) {
    extraCard = line;
    return this;
  }

  static double bias(int x) {
    return 3 * Math.sin(0.7 * x);
  }

  /** Dark current [ADU/s]. */
  static double dark(int x, int y) {
    boolean hot = HOT.stream().anyMatch(h -> h[0] == x && h[1] == y);
    return hot ? 40 : 0.5 + 0.004 * y;
  }

  /** Response; 1 at its median, within a few thousandths. */
  static double flat(int x, int y) {
    if (x == DEAD_X && y == DEAD_Y) {
      return 0.05;
    }
    double dx = (x - 59.5) / 60;
    double dy = (y - 49.5) / 50;
    return 1.06 - 0.1 * (dx * dx + dy * dy);
  }

  /** Adds this signal to one pixel of the next frame. */
  SyntheticCamera hit(int x, int y, double adu) {
    hitPixel = new int[] {x, y};
    hitSignal = adu;
    return this;
  }

  List<Exposure> biases(int n) {
    return series(n, "Bias", 0, new double[n]);
  }

  List<Exposure> darks(int n, double seconds) {
    return series(n, "Dark", seconds, new double[n]);
  }

  /** Flats of these levels [ADU]. */
  List<Exposure> flats(double... levels) {
    return series(levels.length, "Flat", 2, levels);
  }

  Exposure science(double seconds, double sky) {
    return series(1, "Light", seconds, new double[] {sky}).get(0);
  }

  private List<Exposure> series(int n, String type, double seconds, double[] levels) {
    List<Exposure> exposures = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      exposures.add(frame(type, seconds, levels[i]));
    }
    return exposures;
  }

  private Exposure frame(String type, double seconds, double level) {
    double pedestal = 300 + 5 * random.nextGaussian();
    double[] stored = new double[(WIDTH + OVERSCAN) * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = -OVERSCAN; x < WIDTH; x++) {
        double light = x < 0 ? 0 : level * flat(x, y) + seconds * dark(x, y);
        double hit = x == hitPixel[0] && y == hitPixel[1] && x >= 0 ? hitSignal : 0;
        double fixed = pedestal + hit + (x < 0 ? 0 : bias(x));
        double noise =
            Math.hypot(READ_NOISE, Math.sqrt(light * GAIN)) / GAIN * random.nextGaussian();
        double adu = Math.clamp(Math.rint(fixed + light + noise), 0, 65535);
        stored[y * (WIDTH + OVERSCAN) + x + OVERSCAN] = adu - 32768;
      }
    }
    hitPixel = new int[] {-1, -1};
    return write(type, seconds, stored, -32768, 16);
  }

  /** A frame in which every pixel is the same. */
  Exposure constant(String type, double seconds, double value) {
    double[] stored = new double[(WIDTH + OVERSCAN) * HEIGHT];
    java.util.Arrays.fill(stored, value);
    return write(type, seconds, stored, 0, -32);
  }

  private Exposure write(String type, double seconds, double[] stored, double zero, int bitpix) {
    Path path = folder.resolve(String.format("%s_%03d.fits", type, frames++));
    new TestFits()
        .card("SIMPLE", "T")
        .shape(bitpix, WIDTH + OVERSCAN, HEIGHT)
        .card("BZERO", String.valueOf(-zero))
        .card("IMAGETYP", "'" + type + "'")
        .card("EXPTIME", String.valueOf(seconds))
        .card("DATE-OBS", "'2024-02-29T18:00:00'")
        .card("INSTRUME", "'synthetic'")
        .card("FILTER", "'r'")
        .card("GAIN", String.valueOf(GAIN))
        .card("SATURATE", String.valueOf(SATURATION))
        .card("BIASSEC", "'[1:8,1:100]'")
        .card("DATASEC", "'[9:128,1:100]'")
        .line(extraCard)
        .end()
        .samples(bitpix, stored)
        .write(path);
    return new ExposureReader(InstrumentProfiles.builtIn()).read(path);
  }
}
