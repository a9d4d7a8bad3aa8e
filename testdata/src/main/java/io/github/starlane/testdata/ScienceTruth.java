package io.github.starlane.testdata;

import java.util.List;

/** Gathers the truth about the science frames while they are made. */
final class ScienceTruth {
  private final SimulationParameters parameters;
  private final StarField field;
  private final DetectorModel chip;
  private final Workers workers;
  private final DetectionTruth detectionTruth;
  private final FitsTable detections = DetectionTruth.table();
  private final FitsTable epochs = TruthTables.epochs();
  private final FitsTable movers = TruthTables.movers();
  private final FitsTable cosmicRays = TruthTables.cosmicRays();

  ScienceTruth(
      SimulationParameters parameters, StarField field, DetectorModel chip, Workers workers) {
    this.parameters = parameters;
    this.field = field;
    this.chip = chip;
    this.workers = workers;
    this.detectionTruth = new DetectionTruth(parameters, chip, field);
  }

  void add(EpochScene scene, String fileName, List<CosmicRays.Hit> hits) {
    detectionTruth.rows(scene, workers).forEach(detections::add);
    epochs.add(TruthTables.epochRow(scene, parameters, fileName, hits));
    movers.add(TruthTables.moverRows(scene, parameters, field));
    cosmicRays.add(TruthTables.cosmicRows(scene.conditions().epoch(), hits, parameters.frame()));
  }

  void write(SimulatedVisit visit, TangentPlane firstWcs, List<Streak> streaks) {
    FitsTable stars = TruthTables.stars(field.stars());
    for (FitsTable table : List.of(stars, detections, epochs, movers, cosmicRays)) {
      TruthTables.describe(table.cards(), parameters, firstWcs);
    }
    FrameGeometry frame = parameters.frame();
    FitsTables.write(visit.truthStars(), stars);
    FitsTables.write(visit.truthEpochs(), detections, epochs);
    FitsTables.write(visit.truthMovers(), movers);
    FitsTables.write(
        visit.truthEvents(),
        cosmicRays,
        TruthTables.streaks(streaks, frame),
        TruthTables.hotPixels(chip, frame),
        TruthTables.deadColumns(chip, frame));
  }
}
