package io.github.starlane.core.frame;

import io.github.starlane.core.fits.FitsCards;

/**
 * The mask dictionary: name and bit of everything that can be wrong with a pixel. Names and numbers
 * are those of LAST (AstroPack's BitMask.Image.Default), so that its users' code runs.
 */
public enum MaskBit {
  SATURATED("Saturated", 0),
  LOW_READ_NOISE("LowRN", 1),
  HIGH_READ_NOISE("HighRN", 2),
  DARK_HIGH("DarkHighVal", 3),
  DARK_LOW("DarkLowVal", 4),
  BIAS_FLARING("BiasFlaring", 5),
  NAN("NaN", 6),
  FLAT_HIGH_STD("FlatHighStd", 7),
  FLAT_LOW("FlatLowVal", 8),
  LOW_QE("LowQE", 9),
  NEGATIVE("Negative", 10),
  INTERPOLATED("Interpolated", 11),
  HOLE("Hole", 12),
  SPIKE("Spike", 13),
  COSMIC_RAY_DELTA("CR_DeltaHT", 14),
  COSMIC_RAY_LAPLACIAN("CR_Laplacian", 15),
  COSMIC_RAY_STREAK("CR_Streak", 16),
  GHOST("Ghost", 17),
  PERSISTENT("Persistent", 18),
  CROSSTALK("Xtalk", 19),
  STREAK("Streak", 20),
  COLUMN_LOW("ColumnLow", 21),
  COLUMN_HIGH("ColumnHigh", 22),
  NEAR_EDGE("NearEdge", 23),
  NON_LINEAR("NonLinear", 24),
  BLEEDING("Bleeding", 25),
  OVERLAP("Overlap", 26),
  SOURCE_NOISE_DOMINATED("SrcNoiseDominated", 27),
  GAIN_HIGH("GainHigh", 28),
  COADD_LESS_IMAGES("CoaddLessImages", 29),
  SOURCE_DETECTED("SrcDetected", 30);

  /** Version of the dictionary, written into every product. */
  public static final int VERSION = 2;

  private final String text;
  private final int position;

  MaskBit(String text, int position) {
    this.text = text;
    this.position = position;
  }

  /** Name as in LAST's dictionary. */
  public String text() {
    return text;
  }

  /** Bit position, 0-based. */
  public int position() {
    return position;
  }

  /** The bit itself. */
  public int bit() {
    return 1 << position;
  }

  /** OR of several bits. */
  public static int of(MaskBit... bits) {
    int mask = 0;
    for (MaskBit b : bits) {
      mask |= b.bit();
    }
    return mask;
  }

  /**
   * Pixels with one of these carry no useful signal: they take no part in background, detection,
   * fits or coadds.
   */
  public static int bad() {
    return of(
        SATURATED,
        NAN,
        HIGH_READ_NOISE,
        DARK_HIGH,
        FLAT_LOW,
        COSMIC_RAY_LAPLACIAN,
        COSMIC_RAY_DELTA);
  }

  /** The dictionary as header cards. */
  public static FitsCards cards() {
    FitsCards cards = new FitsCards();
    cards.put("MASKVERS", VERSION, "version of the mask dictionary");
    for (MaskBit b : values()) {
      cards.put(
          "MASKB" + b.position,
          b.text,
          "meaning of mask bit " + b.position + " (value 2^" + b.position + ")");
    }
    return cards;
  }
}
