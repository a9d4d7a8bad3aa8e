package io.github.starlane.core.instrument;

import java.util.Locale;
import java.util.Optional;

/** What a frame was taken for. */
public enum FrameType {
  BIAS,
  DARK,
  FLAT,
  SCIENCE,
  /** Finished masters, focus runs, arcs and the like: not reduced. */
  OTHER;

  /**
   * Understands the usual spellings of IMAGETYP, IMTYPE, OBSTYPE: "Bias Frame", "zero", "twflat",
   * "Light Frame", "sci", "FLAT,SKY", "DARKFLAT" (a dark for flats) …
   */
  public static Optional<FrameType> parse(String text) {
    String t = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    if (t.startsWith("master") || isAuxiliary(t)) {
      return Optional.of(OTHER);
    } else if (t.contains("bias") || t.startsWith("zero")) {
      return Optional.of(BIAS);
    } else if (t.contains("dark")) {
      return Optional.of(DARK);
    } else if (t.contains("flat")) {
      return Optional.of(FLAT);
    } else if (t.matches("(sci|light|object|target|std|standard|expos).*|sky")) {
      return Optional.of(SCIENCE);
    }
    return Optional.empty();
  }

  private static boolean isAuxiliary(String t) {
    return t.matches("(focus|arc|comp|lamp|wave|test|fringe|acq|log|thar).*")
        && !t.contains("flat");
  }

  /**
   * The type that a single word names, as in file names: "bias", "Darks", "twflat", "light" … Words
   * that merely contain such a word ("archive", "darkness") name none.
   */
  public static Optional<FrameType> ofWord(String word) {
    String w = word.strip().toLowerCase(Locale.ROOT);
    if (w.matches("bias(es)?|zeros?")) {
      return Optional.of(BIAS);
    } else if (w.matches("darks?|(dark[ _-]?flats?)|(flat[ _-]?darks?)")) {
      return Optional.of(DARK);
    } else if (w.matches("((tw|dome|sky|twilight)[ _-]?)?flats?")) {
      return Optional.of(FLAT);
    } else if (w.matches("lights?|sci|science|objects?")) {
      return Optional.of(SCIENCE);
    } else if (w.matches("focus|masters?")) {
      return Optional.of(OTHER);
    }
    return Optional.empty();
  }
}
