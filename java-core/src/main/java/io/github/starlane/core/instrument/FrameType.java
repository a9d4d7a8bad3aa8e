package io.github.starlane.core.instrument;

import java.util.Locale;
import java.util.Optional;

/** What a frame was taken for. */
public enum FrameType {
  BIAS,
  DARK,
  FLAT,
  SCIENCE,
  /** Focus runs, arcs and the like: not reduced. */
  OTHER;

  /**
   * Understands the usual spellings of IMAGETYP, IMTYPE, OBSTYPE: "Bias Frame", "zero", "twflat",
   * "Light Frame", "sci" …
   */
  public static Optional<FrameType> parse(String text) {
    String t = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    if (t.contains("bias") || t.equals("zero")) {
      return Optional.of(BIAS);
    } else if (t.contains("flat")) {
      return Optional.of(FLAT);
    } else if (t.contains("dark")) {
      return Optional.of(DARK);
    } else if (t.startsWith("sci")
        || t.startsWith("light")
        || t.startsWith("object")
        || t.equals("expose")
        || t.equals("sky")) {
      return Optional.of(SCIENCE);
    } else if (t.contains("focus")
        || t.contains("arc")
        || t.contains("comp")
        || t.contains("test")
        || t.contains("fringe")) {
      return Optional.of(OTHER);
    }
    return Optional.empty();
  }
}
