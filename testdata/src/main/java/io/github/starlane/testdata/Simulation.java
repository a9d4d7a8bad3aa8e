package io.github.starlane.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulates a visit and writes it: raw frames, calibration frames, a reference catalogue and the
 * truth. This file is the list of steps; each step is a class of its own.
 */
public final class Simulation {
  // Keys of the random numbers of calibration frames; science frames have their epoch.
  private static final long DARK_KEY = 1_000_000;
  private static final long FLAT_KEY = 2_000_000;

  private static final Duration FLATS_BEFORE_SCIENCE = Duration.ofMinutes(270);
  private static final Duration DARKS_BEFORE_SCIENCE = Duration.ofHours(4);
  private static final double FAINTEST_FLAT = 0.25;
  private static final double BRIGHTEST_FLAT = 0.75;

  private final SimulationParameters parameters;
  private final Path folder;
  private final Workers workers;
  private final SimulationProgress progress;
  private final long totalSteps;
  private long doneSteps;

  private final List<EpochConditions> epochs;
  private final StarField field;
  private final DetectorModel chip;
  private final FrameRenderer renderer;
  private final RawFrameWriter writer;
  private final RawHeader headers;

  private Simulation(
      SimulationParameters p, Path folder, Workers workers, SimulationProgress progress) {
    this.parameters = p;
    this.folder = folder;
    this.workers = workers;
    this.progress = progress;
    ObservationParameters o = p.observation();
    totalSteps = 1L + o.darks() + o.flats() + o.epochs() + 1;
    epochs = VisitPlan.epochs(p);
    field = StarField.draw(p);
    chip = new DetectorModel(p, workers);
    renderer = new FrameRenderer(p, chip);
    writer = new RawFrameWriter(p.frame(), renderer, workers);
    headers = new RawHeader(p);
    advance("sky and camera");
  }

  /**
   * Simulates a visit into {@code folder}: {@code raw/} (science), {@code calib/} (darks, flats),
   * {@code reference_catalog.fits} and {@code truth/}. Files of the same names are replaced.
   *
   * @param parameters everything the result depends on
   * @param folder made if absent
   * @param threads number of threads; the bytes written do not depend on it
   * @param progress is told after each step
   * @return where everything is
   * @throws UncheckedIOException if a file cannot be written
   */
  public static SimulatedVisit run(
      SimulationParameters parameters, Path folder, int threads, SimulationProgress progress) {
    try (Workers workers = new Workers(threads)) {
      for (String part : List.of("raw", "calib", "truth")) {
        Files.createDirectories(folder.resolve(part));
      }
      return new Simulation(parameters, folder, workers, progress).run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
  }

  private SimulatedVisit run() {
    List<Path> flats = flats();
    List<Path> darks = darks();
    Path truth = folder.resolve("truth");
    ScienceTruth tables = new ScienceTruth(parameters, field, chip, workers);
    List<Streak> streaks = Streak.draw(parameters, epochs);
    List<Path> science = new ArrayList<>();
    for (EpochConditions epoch : epochs) {
      science.add(science(epoch, streaks, tables));
    }
    SimulatedVisit visit =
        new SimulatedVisit(
            parameters,
            science,
            darks,
            flats,
            folder.resolve("reference_catalog.fits"),
            truth.resolve("stars.fits"),
            truth.resolve("detections.fits"),
            truth.resolve("movers.fits"),
            truth.resolve("events.fits"));
    FitsTables.write(visit.referenceCatalog(), ReferenceCatalog.table(parameters, field));
    tables.write(visit, epochs.getFirst().wcs(), streaks);
    advance("catalogue and truth");
    return visit;
  }

  private Path science(EpochConditions epoch, List<Streak> streaks, ScienceTruth tables) {
    double seconds = parameters.observation().exposure();
    EpochScene scene = new EpochScene(parameters, epoch, field, workers);
    List<CosmicRays.Hit> hits = CosmicRays.draw(parameters, epoch.epoch(), seconds);
    Exposure exposure =
        new Exposure(
            epoch.epoch(),
            seconds,
            scene.sky(),
            scene.sources().byBand(parameters.frame(), FrameRenderer.BAND_ROWS),
            streaks.stream().filter(s -> s.epoch() == epoch.epoch()).toList(),
            hits);
    SkyPoint centre = epoch.wcs().centre();
    Path path =
        write("raw", RawHeader.Kind.SCIENCE, epoch.start(), epoch.epoch(), centre, exposure);
    tables.add(scene, path.getFileName().toString(), hits);
    advance("science frame " + (epoch.epoch() + 1) + " of " + epochs.size());
    return path;
  }

  private List<Path> darks() {
    ObservationParameters o = parameters.observation();
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < o.darks(); i++) {
      Instant start =
          o.startOf(0).minus(DARKS_BEFORE_SCIENCE).plusSeconds(Math.round(i * (o.exposure() + 2)));
      paths.add(calibration(RawHeader.Kind.DARK, DARK_KEY, i, start, o.exposure(), 0));
      advance("dark " + (i + 1) + " of " + o.darks());
    }
    return paths;
  }

  /**
   * Deletes the files that simulations of this program have begun and not completed; for a program
   * that is being stopped.
   */
  public static void removeUnfinished() {
    FileOutput.removeUnfinished();
  }

  /** Evening twilight: the sky fades while the exposures grow from 3 to 10 s. */
  private List<Path> flats() {
    int count = parameters.observation().flats();
    double full = parameters.detector().saturation() * parameters.detector().gain();
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double progressed = count > 1 ? i / (count - 1.0) : 0;
      double level = BRIGHTEST_FLAT + (FAINTEST_FLAT - BRIGHTEST_FLAT) * progressed;
      Instant start =
          parameters.observation().start().minus(FLATS_BEFORE_SCIENCE).plusSeconds(30L * i);
      double seconds = Math.rint(3 + 7 * progressed);
      paths.add(calibration(RawHeader.Kind.FLAT, FLAT_KEY, i, start, seconds, level * full));
      advance("flat " + (i + 1) + " of " + count);
    }
    return paths;
  }

  private Path calibration(
      RawHeader.Kind kind, long firstKey, int index, Instant start, double seconds, double level) {
    long key = firstKey + index;
    Exposure exposure =
        Exposure.empty(
            key,
            seconds,
            SkyBackground.uniform(level, parameters.frame()),
            CosmicRays.draw(parameters, key, seconds));
    SkyPoint centre = new SkyPoint(parameters.pointing().ra(), parameters.pointing().dec());
    return write("calib", kind, start, index, centre, exposure);
  }

  private Path write(
      String part,
      RawHeader.Kind kind,
      Instant start,
      int index,
      SkyPoint centre,
      Exposure exposure) {
    Path path = folder.resolve(part).resolve(headers.fileName(kind, start, index + 1));
    writer.write(path, headers.build(kind, start, exposure.seconds(), index + 1, centre), exposure);
    return path;
  }

  private void advance(String what) {
    doneSteps++;
    progress.advance(what, doneSteps, totalSteps);
  }
}
