package io.github.starlane.core.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * All that the report shows, and the content of {@code metrics.json}.
 *
 * <p>Numbers that are not known are NaN here and {@code null} in the file. Pixel positions are in
 * the FITS convention (the centre of the first pixel is 1). Lists may be empty, never null.
 *
 * @param schemaVersion version of this schema, {@link #SCHEMA_VERSION} when written by this program
 * @param starlaneVersion version of the program
 * @param created when the run began, UTC, ISO 8601
 * @param command the command line or a description of the request
 * @param backend what the kernels ran on, e.g. "simd (AVX-512, 16 float lanes)"
 * @param threads worker threads
 * @param exitCode number the run ended with
 * @param settings settings that differ from the defaults, as {@code crop.size=800}
 * @param visits the visits, in time order
 * @param masters calibration masters made or taken
 * @param frames every input and what became of it
 * @param steps wall time by step, in order
 * @param problems what went wrong or was doubtful, and what was done about it
 * @param truth achieved against true, for simulations; else empty
 * @param totals figures of the whole run
 */
public record ReportData(
    int schemaVersion,
    String starlaneVersion,
    String created,
    String command,
    String backend,
    int threads,
    int exitCode,
    List<String> settings,
    List<Visit> visits,
    List<Master> masters,
    List<FrameEntry> frames,
    List<Step> steps,
    List<Problem> problems,
    List<Truth> truth,
    Totals totals) {

  /** The schema this program writes. Grows when a field changes its meaning or goes away. */
  public static final int SCHEMA_VERSION = 1;

  /** Takes copies of the lists; null lists (left out of a file) become empty ones. */
  public ReportData {
    settings = copy(settings);
    visits = copy(visits);
    masters = copy(masters);
    frames = copy(frames);
    steps = copy(steps);
    problems = copy(problems);
    truth = copy(truth);
    totals = totals == null ? new Totals(Double.NaN, Double.NaN, Double.NaN) : totals;
  }

  /** What became of an input or a unit of work. */
  public enum State {
    /** Complete and trustworthy. */
    DONE,
    /** Complete, but something is missing or doubtful; flags say what. */
    DEGRADED,
    /** Not used, for a stated reason. */
    QUARANTINED,
    /** Not finished for a reason that may pass (disk, memory): run again. */
    RETRY;

    /** The state as written in files. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How bad a problem is. */
  public enum Severity {
    /** Nothing to do, but worth knowing. */
    INFO,
    /** Results are there, with a caveat. */
    WARNING,
    /** Something could not be done. */
    ERROR;

    /** The severity as written in files. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One visit: exposures of one field with one camera and filter.
   *
   * @param name unique within the run
   * @param instrument profile used
   * @param camera camera name, or null
   * @param filter filter name, or null
   * @param field field or object name, or null
   * @param start beginning of the first exposure, UTC, ISO 8601, or null
   * @param ra field centre, degrees (ICRS)
   * @param dec field centre, degrees (ICRS)
   * @param pixelScale arcsec per pixel
   * @param width of the calibrated light area, pixels
   * @param height of the calibrated light area, pixels
   * @param epochs one entry per exposure, in time order
   * @param crops one entry per sub-image
   * @param residuals astrometric residuals of stars over the field
   * @param magnitudeScatter scatter of stars over the epochs against their magnitude
   * @param residualPictures what the sources of an epoch leave over, here and there
   */
  public record Visit(
      String name,
      String instrument,
      String camera,
      String filter,
      String field,
      String start,
      double ra,
      double dec,
      double pixelScale,
      int width,
      int height,
      List<Epoch> epochs,
      List<Crop> crops,
      List<Residual> residuals,
      List<ScatterPoint> magnitudeScatter,
      List<ResidualPicture> residualPictures) {

    /** Takes copies of the lists. */
    public Visit {
      epochs = copy(epochs);
      crops = copy(crops);
      residuals = copy(residuals);
      magnitudeScatter = copy(magnitudeScatter);
      residualPictures = copy(residualPictures);
    }
  }

  /**
   * One exposure of a visit; medians over its crops.
   *
   * @param index 1 for the first exposure
   * @param file name of the raw frame
   * @param state what became of it
   * @param reason why it is not simply done, or null
   * @param jd mid-exposure, Julian date (UTC), days
   * @param exposureTime seconds
   * @param airmass at mid-exposure
   * @param background median sky, electrons per pixel
   * @param fwhm of the PSF, pixels
   * @param ellipticity 1 − b/a of the PSF
   * @param zeroPointDelta zero point less that of the reference epoch, magnitudes
   * @param sources measured in all crops
   * @param limitingMagnitude at S/N 5
   * @param astrometricRms residual to the reference catalogue per axis, milliarcsec
   */
  public record Epoch(
      int index,
      String file,
      State state,
      String reason,
      double jd,
      double exposureTime,
      double airmass,
      double background,
      double fwhm,
      double ellipticity,
      double zeroPointDelta,
      int sources,
      double limitingMagnitude,
      double astrometricRms) {}

  /**
   * One sub-image of a visit and its coadd.
   *
   * @param id number of the crop, 1 for the first
   * @param xMin left column in the light area, 1-based
   * @param yMin bottom row in the light area, 1-based
   * @param width columns
   * @param height rows
   * @param state what became of it
   * @param reason why it is not simply done, or null
   * @param coaddFile name of the coadd relative to the output folder, or null
   * @param thumbnail small picture of the coadd, PNG, or null; see {@link Thumbnail}
   * @param epochsUsed exposures in the coadd
   * @param epochSources median number of sources per exposure
   * @param coaddSources sources in the coadd
   * @param background median sky, electrons per pixel and exposure
   * @param fwhm of the coadd's PSF, pixels
   * @param ellipticity 1 − b/a of the coadd's PSF
   * @param zeroPoint magnitude of one electron per second, or as the product's header says
   * @param limitingMagnitude of the coadd at S/N 5
   * @param astrometricStars stars in the astrometric solution
   * @param astrometricRms residual per axis, milliarcsec
   */
  public record Crop(
      int id,
      int xMin,
      int yMin,
      int width,
      int height,
      State state,
      String reason,
      String coaddFile,
      byte[] thumbnail,
      int epochsUsed,
      double epochSources,
      int coaddSources,
      double background,
      double fwhm,
      double ellipticity,
      double zeroPoint,
      double limitingMagnitude,
      int astrometricStars,
      double astrometricRms) {}

  /**
   * Measured less catalogue position of one star.
   *
   * @param x column in the light area, 1-based
   * @param y row in the light area, 1-based
   * @param dx along x, milliarcsec
   * @param dy along y, milliarcsec
   */
  public record Residual(double x, double y, double dx, double dy) {}

  /**
   * A piece of an epoch, and what is left of it where its sources have been taken off.
   *
   * @param epoch number of the exposure, 1 for the first
   * @param crop number of the crop
   * @param xMin left column in the light area, 1-based
   * @param yMin bottom row in the light area, 1-based
   * @param image PNG; see {@link Thumbnail#png}
   * @param residual PNG; see {@link Thumbnail#significance}
   */
  public record ResidualPicture(
      int epoch, int crop, int xMin, int yMin, byte[] image, byte[] residual) {}

  /**
   * One star of the magnitude–scatter diagram.
   *
   * @param magnitude mean magnitude
   * @param rms scatter over the epochs, magnitudes
   * @param expected scatter that the noise model allows (Cramér–Rao bound), magnitudes
   */
  public record ScatterPoint(double magnitude, double rms, double expected) {}

  /**
   * A calibration master.
   *
   * @param kind bias, dark or flat
   * @param file name of the master
   * @param filter filter, for flats, or null
   * @param framesUsed exposures combined
   * @param framesRejected exposures refused
   * @param median level, in {@code unit}
   * @param unit unit of the level
   * @param note what was assumed or refused, or null
   */
  public record Master(
      String kind,
      String file,
      String filter,
      int framesUsed,
      int framesRejected,
      double median,
      String unit,
      String note) {}

  /**
   * One input file.
   *
   * @param file name
   * @param type bias, dark, flat, science or unknown
   * @param visit visit it went to, or null
   * @param state what became of it
   * @param reason why it is not simply done, or null
   */
  public record FrameEntry(String file, String type, String visit, State state, String reason) {}

  /**
   * Wall time of one step.
   *
   * @param name e.g. "sources"
   * @param seconds wall time
   * @param units how many crops, frames… it worked on
   */
  public record Step(String name, double seconds, long units) {}

  /**
   * Something that went wrong or is doubtful.
   *
   * @param severity how bad
   * @param sentence what, where and why
   * @param action what was done about it or what the user can do, or null
   */
  public record Problem(Severity severity, String sentence, String action) {}

  /**
   * Achieved against true.
   *
   * @param quantity what
   * @param achieved value with unit
   * @param expected what physics or the simulation says
   * @param good whether it is as good as it should be
   */
  public record Truth(String quantity, String achieved, String expected, boolean good) {}

  /**
   * Figures of the whole run.
   *
   * @param wallSeconds wall time
   * @param peakMemoryMegabytes largest resident size of the process, 10⁶ bytes
   * @param inputMegabytes raw data read, 10⁶ bytes
   */
  public record Totals(double wallSeconds, double peakMemoryMegabytes, double inputMegabytes) {}

  private static <T> List<T> copy(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
