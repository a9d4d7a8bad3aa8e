package io.github.starlane.core.instrument;

import java.util.List;
import java.util.Map;

/**
 * How the frames of one instrument are read. All lists are tried in order, the first that gives a
 * value wins.
 *
 * @param name as on the command line
 * @param description one line for people
 * @param recognise a frame belongs to this instrument if any of these holds
 * @param fileName regular expression with named groups {@code type}, {@code camera}, {@code
 *     filter}, {@code field}, {@code counter}: what the file name says where the header is silent;
 *     or null
 * @param frameTypes values of the type keyword or of the name's group {@code type} that need
 *     translating
 * @param keywords header keywords of textual quantities, see {@link #TEXTS}
 * @param numbers expressions of numeric quantities, see {@link Quantity}
 * @param geometries raw sizes with a fixed layout
 * @param notes warnings that hold for every frame, e.g. "gain is nominal"
 */
public record InstrumentProfile(
    String name,
    String description,
    List<Rule> recognise,
    String fileName,
    Map<String, String> frameTypes,
    Map<String, List<String>> keywords,
    Map<String, List<String>> numbers,
    List<Geometry> geometries,
    List<String> notes) {

  /**
   * Textual quantities of a frame. {@code timeObs} is looked at where {@code dateObs} is a date
   * alone; {@code ra} and {@code dec} are sexagesimal (hours, degrees) or numbers [deg].
   */
  public static final List<String> TEXTS =
      List.of(
          "type",
          "camera",
          "filter",
          "object",
          "dateObs",
          "timeObs",
          "ra",
          "dec",
          "lightSection",
          "overscanSection");

  public InstrumentProfile {
    recognise = recognise == null ? List.of() : List.copyOf(recognise);
    frameTypes = frameTypes == null ? Map.of() : Map.copyOf(frameTypes);
    keywords = keywords == null ? Map.of() : Map.copyOf(keywords);
    numbers = numbers == null ? Map.of() : Map.copyOf(numbers);
    geometries = geometries == null ? List.of() : List.copyOf(geometries);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /**
   * One sign of an instrument.
   *
   * @param keyword header keyword whose value must match; null to match the file's name instead
   * @param matches regular expression (whole value, case ignored)
   */
  public record Rule(String keyword, String matches) {}

  /**
   * Layout of a raw frame of a certain size.
   *
   * @param width NAXIS1; 0 for any
   * @param height NAXIS2; 0 for any
   * @param camera only for this camera; null for any
   * @param light section exposed to light
   * @param overscan overscan section, or null
   * @param columns number of crops along x; 0 to derive
   * @param rows number of crops along y; 0 to derive
   * @param cropSize edge of a crop [pixel]; 0 to derive
   */
  public record Geometry(
      int width,
      int height,
      String camera,
      String light,
      String overscan,
      int columns,
      int rows,
      int cropSize) {}

  /** Numeric quantities of a frame. */
  public enum Quantity {
    /** Exposure time [s]. */
    EXPOSURE_TIME("exposureTime"),
    /** Julian date (UTC) of the start of the exposure. */
    START_JD("startJd"),
    /** Julian date (UTC) of the middle of the exposure. */
    MID_JD("midJd"),
    /** [electron / ADU]. */
    GAIN("gain"),
    /** [electron]. */
    READ_NOISE("readNoise"),
    /** [ADU]. */
    SATURATION("saturation"),
    /** Level from which the detector is non-linear [ADU]. */
    NON_LINEAR("nonLinear"),
    /** Dark current [electron / s / pixel]. */
    DARK_CURRENT("darkCurrent"),
    /** Right ascension of the pointing [deg]. */
    RIGHT_ASCENSION("rightAscension"),
    /** Declination of the pointing [deg]. */
    DECLINATION("declination"),
    /** [arcsec / pixel]. */
    PIXEL_SCALE("pixelScale"),
    /** Detector temperature [Celsius]. */
    TEMPERATURE("temperature"),
    /** Running number within a visit. */
    COUNTER("counter"),
    AIRMASS("airmass"),
    /**
     * The header's pointing may be off by so much between the frames of one visit [deg]; 0 if not
     * given.
     */
    POINTING_ERROR("pointingError"),
    /** Geographic longitude, east positive [deg]. */
    LONGITUDE("longitude"),
    /** Geographic latitude [deg]. */
    LATITUDE("latitude");

    private final String key;

    Quantity(String key) {
      this.key = key;
    }

    /** Name in the YAML file. */
    public String key() {
      return key;
    }
  }
}
