package io.github.starlane.core.report;

import io.github.starlane.core.report.ReportData.Crop;
import io.github.starlane.core.report.ReportData.Epoch;
import io.github.starlane.core.report.ReportData.FrameEntry;
import io.github.starlane.core.report.ReportData.Master;
import io.github.starlane.core.report.ReportData.Problem;
import io.github.starlane.core.report.ReportData.Residual;
import io.github.starlane.core.report.ReportData.ScatterPoint;
import io.github.starlane.core.report.ReportData.Severity;
import io.github.starlane.core.report.ReportData.State;
import io.github.starlane.core.report.ReportData.Step;
import io.github.starlane.core.report.ReportData.Totals;
import io.github.starlane.core.report.ReportData.Truth;
import io.github.starlane.core.report.ReportData.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Report data like those of a real run, made up from a seed. */
final class SampleReport {

  private SampleReport() {}

  static ReportData full(long seed, int columns, int rows, int exposures) {
    Random random = new Random(seed);
    return new ReportData(
        ReportData.SCHEMA_VERSION,
        "0.1.0",
        "2026-03-01T20:15:00Z",
        "starlane reduce raw -o out",
        "simd (AVX-512, 16 float lanes)",
        2,
        1,
        List.of("crop.size=800"),
        List.of(visit(random, columns, rows, exposures)),
        List.of(
            new Master("dark", "LAST_dark.fits", null, 9, 0, 98.4, "ADU", "contains the bias"),
            new Master("flat", "LAST_flat.fits", "clear", 12, 13, 1, "", "13 outside 0.2–0.8")),
        frames(exposures),
        List.of(
            new Step("plan", 0.12, 31),
            new Step("masters", 2.4, 29),
            new Step("sources", 21.5, 96),
            new Step("astrometry", 3.3, 24),
            new Step("coadds", 9.8, 24),
            new Step("report", 0.6, 1)),
        List.of(
            new Problem(
                Severity.ERROR,
                "cannot read science_07.fits: the data end at byte 1 048 576 of 4 197 600",
                "the frame was left out; copy it again from the camera"),
            new Problem(Severity.WARNING, "no GAIN card in 5 frames", "took 0.77 e⁻/ADU"),
            new Problem(Severity.INFO, "the dark still contains the bias", null)),
        List.of(
            new Truth("completeness at S/N ≥ 10", "95.1 %", "≥ 93 %", true),
            new Truth("photometric scatter / Cramér–Rao bound, S/N 20–50", "1.31", "≤ 1.15", false),
            new Truth("astrometric residual", "18 mas", "≤ 40 mas", true)),
        new Totals(74.2, 812, 1233));
  }

  static ReportData empty() {
    return new ReportData(
        ReportData.SCHEMA_VERSION,
        "0.1.0",
        "2026-03-01T20:15:00Z",
        null,
        null,
        1,
        3,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Visit visit(Random random, int columns, int rows, int exposures) {
    int side = 800;
    int width = columns * side;
    int height = rows * side;
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 1; i <= exposures; i++) {
      State state = i == 7 ? State.QUARANTINED : i == 12 ? State.DEGRADED : State.DONE;
      boolean lost = state == State.QUARANTINED;
      epochs.add(
          new Epoch(
              i,
              String.format("LAST.01.02.03_20260301.2015%02d.000_clear_001.fits", i),
              state,
              lost ? "the file is truncated" : state == State.DEGRADED ? "clouds" : null,
              2461101.34 + i * 20.5 / 86400,
              20,
              1.2 + 0.002 * i,
              lost ? Double.NaN : 310 + 6 * Math.sin(i / 4.0) + random.nextGaussian(),
              lost ? Double.NaN : 2.5 + 0.1 * random.nextGaussian(),
              lost ? Double.NaN : 0.06 + 0.01 * random.nextGaussian(),
              lost ? Double.NaN : 0.02 * random.nextGaussian() - (i == 12 ? 0.2 : 0),
              lost ? 0 : 5200 + random.nextInt(300),
              lost ? Double.NaN : 19.4 + 0.04 * random.nextGaussian(),
              lost ? Double.NaN : 28 + 3 * random.nextGaussian()));
    }
    List<Crop> crops = new ArrayList<>();
    for (int id = 1; id <= columns * rows; id++) {
      int x = (id - 1) % columns;
      int y = (id - 1) / columns;
      boolean lost = id == 3 && columns * rows > 3;
      crops.add(
          new Crop(
              id,
              x * side + 1,
              y * side + 1,
              side,
              side,
              lost ? State.QUARANTINED : State.DONE,
              lost ? "no astrometric solution" : null,
              lost ? null : "coadd_" + id + ".fits",
              lost ? null : Thumbnail.png(starField(random, 400), 400, 400, 256),
              exposures - 1,
              640 + random.nextInt(60),
              1300 + random.nextInt(200),
              312 + random.nextGaussian(),
              2.4 + 0.15 * Math.hypot(x - 1.5, y - 2.5) / 2,
              0.03 + 0.02 * Math.hypot(x - 1.5, y - 2.5),
              25.3 + 0.01 * random.nextGaussian(),
              20.8 + 0.05 * random.nextGaussian(),
              200 + random.nextInt(50),
              15 + 2 * random.nextGaussian()));
    }
    List<Residual> residuals = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      double x = random.nextDouble() * width;
      double y = random.nextDouble() * height;
      residuals.add(
          new Residual(
              x,
              y,
              12 * (x / width - 0.5) + 12 * random.nextGaussian(),
              12 * (y / height - 0.5) + 12 * random.nextGaussian()));
    }
    List<ScatterPoint> scatter = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      double magnitude = 19.5 - 2.2 * -Math.log(1 - random.nextDouble());
      double expected = Math.hypot(0.003, 0.12 * Math.pow(10, 0.3 * (magnitude - 18.5)));
      double spread = Math.exp(0.15 * random.nextGaussian());
      scatter.add(new ScatterPoint(magnitude, expected * spread, expected));
    }
    return new Visit(
        "2026-03-01 LAST.01.02.03 field 1234",
        "last",
        "LAST.01.02.03",
        "clear",
        "1234",
        "2026-03-01T20:15:00Z",
        210.1234,
        -12.5,
        1.25,
        width,
        height,
        epochs,
        crops,
        residuals,
        scatter,
        List.of(
            new ReportData.ResidualPicture(
                1,
                14,
                4801,
                3201,
                Thumbnail.png(starField(random, 240), 240, 240, 240),
                Thumbnail.significance(new float[240 * 240], 240, 240))));
  }

  private static float[] starField(Random random, int size) {
    float[] pixels = new float[size * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (300 + 5 * random.nextGaussian());
    }
    for (int star = 0; star < 120; star++) {
      double flux = 60 * Math.pow(1 - random.nextDouble(), -1.2);
      int cx = random.nextInt(size);
      int cy = random.nextInt(size);
      for (int y = Math.max(0, cy - 8); y < Math.min(size, cy + 9); y++) {
        for (int x = Math.max(0, cx - 8); x < Math.min(size, cx + 9); x++) {
          double r2 = (x - cx) * (x - cx) + (y - cy) * (y - cy);
          pixels[y * size + x] += (float) (flux / Math.pow(1 + r2 / 3, 2.5));
        }
      }
    }
    return pixels;
  }

  private static List<FrameEntry> frames(int exposures) {
    List<FrameEntry> frames = new ArrayList<>();
    for (int i = 1; i <= exposures; i++) {
      State state = i == 7 ? State.QUARANTINED : State.DONE;
      frames.add(
          new FrameEntry(
              "science_" + i + ".fits", "science", "visit 1", state, i == 7 ? "truncated" : null));
    }
    frames.add(new FrameEntry("dark_1.fits", "dark", null, State.DONE, null));
    return frames;
  }
}
