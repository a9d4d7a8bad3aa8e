package io.github.starlane.testdata;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of a simulated visit are.
 *
 * @param parameters what was simulated
 * @param science raw science frames in order of time
 * @param darks raw dark frames (they contain the bias)
 * @param flats raw twilight flats
 * @param referenceCatalog Gaia-like catalogue
 * @param truthStars table STARS: every star as it is
 * @param truthEpochs tables DETECTIONS (star × exposure) and EPOCHS (one row per exposure)
 * @param truthMovers table MOVERS: asteroid × exposure
 * @param truthEvents tables COSMIC_RAYS, STREAKS, HOT_PIXELS, DEAD_COLUMNS
 */
public record SimulatedVisit(
    SimulationParameters parameters,
    List<Path> science,
    List<Path> darks,
    List<Path> flats,
    Path referenceCatalog,
    Path truthStars,
    Path truthEpochs,
    Path truthMovers,
    Path truthEvents) {
  /** Copies the lists. */
  public SimulatedVisit {
    science = List.copyOf(science);
    darks = List.copyOf(darks);
    flats = List.copyOf(flats);
  }
}
