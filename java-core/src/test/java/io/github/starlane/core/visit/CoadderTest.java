package io.github.starlane.core.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.astrometry.solve.PolynomialMap;
import io.github.starlane.core.calibration.CalibrationSet;
import io.github.starlane.core.calibration.FrameCalibrator;
import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.ExposureReader;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.instrument.InstrumentProfiles;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.background.BackgroundGrid;
import io.github.starlane.kernels.background.Interpolation;
import io.github.starlane.testdata.Ellipse;
import io.github.starlane.testdata.Moffat;
import io.github.starlane.testdata.PointSpreadFunction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Coadds of simulated epochs with shifts, changing transparency, cosmic rays and missing pixels.
 */
class CoadderTest {
  private static final int EDGE = 200;
  private static final double SKY = 400;
  private static final double READ_NOISE = 5;
  private static final double NOISE = Math.sqrt(SKY + READ_NOISE * READ_NOISE);
  private static final double FLUX = 60000;
  private static final double[][] STARS = {{50.3, 60.7}, {140.5, 50.2}, {60.1, 150.9}, {150, 141}};
  private static final PointSpreadFunction PSF = new Moffat(2.6, 3.5, Ellipse.ROUND);

  @TempDir private Path folder;

  private final Backend backend = Backends.select("auto").backend();
  private final List<RawFrame> open = new ArrayList<>();
  private final List<Coadder.Epoch> epochs = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(RawFrame::close);
  }

  /** Changes the pixels of an epoch. */
  private interface Spoil {
    void accept(int epoch, float[] pixels);
  }

  private Coadd coadd(int n, Spoil spoil) {
    RandomGenerator random = new SplittableRandom(17);
    for (int e = 0; e < n; e++) {
      double dx = e == 0 ? 0 : random.nextDouble(-4, 4);
      double dy = e == 0 ? 0 : random.nextDouble(-4, 4);
      double transparency = e == 0 ? 1 : random.nextDouble(0.6, 1.2);
      float[] pixels = expose(random, dx, dy, transparency);
      spoil.accept(e, pixels);
      epochs.add(epoch(e, pixels, dx, dy, transparency));
    }
    Section whole = new Section(0, 0, EDGE, EDGE);
    return new Coadder(backend, SyntheticEpochs.SETTINGS).coadd(new Crop(1, whole, whole), epochs);
  }

  private static float[] expose(RandomGenerator random, double dx, double dy, double transparency) {
    float[] pixels = new float[EDGE * EDGE];
    for (int i = 0; i < pixels.length; i++) {
      double light = 0;
      for (double[] star : STARS) {
        double x = i % EDGE - star[0] - dx;
        double y = i / EDGE - star[1] - dy;
        light += Math.hypot(x, y) < 25 ? transparency * FLUX * PSF.pixel(x, y) : 0;
      }
      double noise = Math.sqrt(light + NOISE * NOISE);
      pixels[i] = (float) (SKY + light + noise * random.nextGaussian());
    }
    return pixels;
  }

  private Coadder.Epoch epoch(
      int index, float[] pixels, double dx, double dy, double transparency) {
    Path file = folder.resolve("e" + index + ".fits");
    FitsCards cards =
        new FitsCards()
            .put("IMAGETYP", "LIGHT", "")
            .put("EXPTIME", 20.0, "")
            .put("GAIN", 1.0, "")
            .put("RDNOISE", READ_NOISE, "")
            .put("SATURATE", 60000.0, "");
    new FitsWriter().image("", pixels, EDGE, EDGE, cards).write(file);
    RawFrame raw = RawFrame.open(new ExposureReader(InstrumentProfiles.builtIn()).read(file));
    open.add(raw);
    float[] level = new float[16];
    float[] variance = new float[16];
    float[] good = new float[16];
    Arrays.fill(level, (float) SKY);
    Arrays.fill(variance, (float) (NOISE * NOISE));
    Arrays.fill(good, 1);
    double scale = 1 / transparency;
    return new Coadder.Epoch(
        index,
        raw,
        Double.NaN,
        new FrameCalibrator(
            backend, new CalibrationSet(null, null, null, READ_NOISE, List.of(), List.of())),
        new BackgroundGrid(EDGE, EDGE, 4, 4, Interpolation.SPLINE, level, variance, good),
        new PolynomialMap(1, 0, 0, 1, new double[] {dx, 1, 0}, new double[] {dy, 0, 1}),
        scale,
        1 / (scale * scale * NOISE * NOISE));
  }

  /** Sum within a radius, and the share of a star's light that lies there. */
  private static double[] aperture(Coadd coadd, double[] star, double radius) {
    double sum = 0;
    double share = 0;
    for (int i = 0; i < EDGE * EDGE; i++) {
      double x = i % EDGE - star[0];
      double y = i / EDGE - star[1];
      if (Math.hypot(x, y) < radius) {
        sum += coadd.image()[i];
        share += PSF.pixel(x, y);
      }
    }
    return new double[] {sum, share};
  }

  @Test
  void fluxIsConservedInTheScaleOfTheReference() {
    Coadd coadd = coadd(10, (e, p) -> {});
    for (double[] star : STARS) {
      double[] a = aperture(coadd, star, 9);
      assertThat(a[0] / a[1]).isCloseTo(FLUX, within(0.01 * FLUX));
    }
    assertThat(coadd.epochs()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    int middle = 100 * EDGE + 100;
    assertThat(coadd.count()[middle] + coadd.rejected()[middle]).isEqualTo(10);
  }

  @Test
  void starsLieWhereTheReferenceHasThem() {
    Coadd coadd = coadd(10, (e, p) -> {});
    for (double[] star : STARS) {
      double sum = 0;
      double x = 0;
      double y = 0;
      for (int i = 0; i < EDGE * EDGE; i++) {
        double dx = i % EDGE - star[0];
        double dy = i / EDGE - star[1];
        double w = coadd.image()[i] * Math.exp(-(dx * dx + dy * dy) / 8);
        sum += w;
        x += w * dx;
        y += w * dy;
      }
      assertThat(x / sum).isCloseTo(0, within(0.02));
      assertThat(y / sum).isCloseTo(0, within(0.02));
    }
  }

  @Test
  void theDepthGrowsWithTheEpochs() {
    Coadd coadd = coadd(12, (e, p) -> {});
    double weights = epochs.stream().mapToDouble(Coadder.Epoch::weight).sum();
    double expected = 1 / Math.sqrt(weights);
    // Sums over blocks: interpolation makes neighbouring pixels share their noise.
    double squares = 0;
    double variance = 0;
    int n = 0;
    for (int by = 16; by < 184; by += 6) {
      for (int bx = 16; bx < 184; bx += 6) {
        double x = bx + 2.5;
        double y = by + 2.5;
        if (Arrays.stream(STARS).allMatch(s -> Math.hypot(s[0] - x, s[1] - y) > 24)) {
          double sum = 0;
          for (int k = 0; k < 36; k++) {
            int at = (by + k / 6) * EDGE + bx + k % 6;
            sum += coadd.image()[at];
            variance += coadd.variance()[at] / 36;
          }
          squares += sum * sum / 36;
          n++;
        }
      }
    }
    assertThat(n).isGreaterThan(200);
    assertThat(Math.sqrt(squares / n) / expected).isBetween(0.85, 1.15);
    assertThat(Math.sqrt(variance / n) / expected).isBetween(0.8, 1.15);
  }

  @Test
  void aCosmicRayIsGone() {
    int sky = 100 * EDGE + 100;
    int star = 61 * EDGE + 50;
    Coadd clean = coadd(10, (e, p) -> {});
    epochs.clear();
    Coadd coadd =
        coadd(
            10,
            (e, p) -> {
              if (e == 0) {
                p[sky] += 8000;
                p[star + 1] += 20000;
              }
            });
    double error = Math.sqrt(coadd.variance()[sky]);
    assertThat((double) coadd.image()[sky]).isCloseTo(0, within(5 * error));
    assertThat(coadd.rejected()[sky]).isGreaterThanOrEqualTo(1);
    assertThat((double) coadd.image()[star + 1])
        .isCloseTo(clean.image()[star + 1], within(0.05 * clean.image()[star + 1]));
  }

  @Test
  void missingPixelsAreTakenFromOtherEpochs() {
    Coadd coadd =
        coadd(
            10,
            (e, p) -> {
              for (int y = 20; y < 40; y++) {
                // Half of the epochs lack this, all of them the next.
                Arrays.fill(p, y * EDGE + 90, y * EDGE + 110, e % 2 == 0 ? Float.NaN : p[0]);
                Arrays.fill(p, y * EDGE + 160, y * EDGE + 190, Float.NaN);
              }
            });
    int half = 30 * EDGE + 100;
    int never = 30 * EDGE + 175;
    assertThat(coadd.image()[half]).isFinite();
    assertThat(coadd.count()[half]).isBetween(3f, 5f);
    assertThat(coadd.mask()[half] & MaskBit.COADD_LESS_IMAGES.bit()).isNotZero();
    assertThat(coadd.image()[never]).isNaN();
    assertThat(coadd.count()[never]).isZero();
    assertThat(coadd.mask()[never] & MaskBit.NAN.bit()).isNotZero();
    int good = 100 * EDGE + 100;
    assertThat(coadd.mask()[good] & MaskBit.of(MaskBit.COADD_LESS_IMAGES, MaskBit.NAN)).isZero();
  }

  @Test
  void whatIsSaturatedInAllEpochsIsSaturatedInTheCoadd() {
    Coadd coadd =
        coadd(
            6,
            (e, p) -> {
              for (int y = 90; y < 110; y++) {
                Arrays.fill(p, y * EDGE + 90, y * EDGE + 110, 61000);
                // In one epoch only: the others have the pixel.
                Arrays.fill(p, y * EDGE + 20, y * EDGE + 30, e == 0 ? 61000 : (float) SKY);
              }
            });
    int always = 100 * EDGE + 100;
    int once = 100 * EDGE + 25;
    assertThat(coadd.count()[always]).isZero();
    assertThat(coadd.mask()[always] & MaskBit.SATURATED.bit()).isNotZero();
    assertThat(coadd.count()[once]).isEqualTo(5);
    assertThat(coadd.mask()[once] & MaskBit.SATURATED.bit()).isZero();
  }

  @Test
  void theGainCountsTheElectronsOfAllEpochs() {
    Coadd coadd = coadd(10, (e, p) -> {});
    // Electrons that were counted for each electron of the reference: the sum of the
    // transparencies.
    double counted = epochs.stream().mapToDouble(e -> 1 / e.scale()).sum();
    assertThat(coadd.effectiveGain()).isCloseTo(counted, within(0.05 * counted));
  }

  @Test
  void oneEpochIsACopy() {
    Coadd coadd = coadd(1, (e, p) -> {});
    double[] a = aperture(coadd, STARS[0], 9);
    assertThat(a[0] / a[1]).isCloseTo(FLUX, within(0.02 * FLUX));
    assertThat(coadd.effectiveGain()).isCloseTo(1, within(1e-12));
  }
}
