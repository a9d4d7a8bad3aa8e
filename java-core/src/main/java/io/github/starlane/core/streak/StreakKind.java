package io.github.starlane.core.streak;

/** What a straight line of light is. */
public enum StreakKind {
  /** The trail of something that moved. */
  STREAK,

  /** Light of a bright star, diffracted at the spider of the telescope. */
  DIFFRACTION_SPIKE,

  /** Charge that overflowed along a column, or a bad row or column. */
  BLEED_OR_COLUMN
}
