package io.github.starlane.testdata;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** File names and headers of raw frames as LAST's control software writes them. */
final class RawHeader {
  private static final double LONGITUDE = 35.04085833;
  private static final double LATITUDE = 30.0530725;
  private static final double ALTITUDE = 415.4;
  private static final double JD_OF_EPOCH_1970 = 2440587.5;
  private static final double SECONDS_PER_DAY = 86400;

  /** What a frame shows. */
  enum Kind {
    SCIENCE("sci"),
    DARK("dark"),
    FLAT("twflat");

    private final String code;

    Kind(String code) {
      this.code = code;
    }
  }

  private final SimulationParameters parameters;

  RawHeader(SimulationParameters parameters) {
    this.parameters = parameters;
  }

  static double julianDate(Instant time) {
    return JD_OF_EPOCH_1970 + time.toEpochMilli() / 1000.0 / SECONDS_PER_DAY;
  }

  private static String iso(Instant time, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC).format(time);
  }

  /** The name of a raw frame; {@code counter} is 1-based. */
  String fileName(Kind kind, Instant start, int counter) {
    ObservationParameters observation = parameters.observation();
    return String.format(
        Locale.ROOT,
        "%s_%s_clear_%s_%03d_001_001_%s_raw_Image_1.fits",
        observation.project(),
        iso(start, "yyyyMMdd.HHmmss.SSS"),
        kind == Kind.SCIENCE ? observation.field() : "",
        counter,
        kind.code);
  }

  /**
   * The header of a raw frame.
   *
   * @param kind what it shows
   * @param start start of the exposure
   * @param seconds exposure time
   * @param counter 1-based
   * @param centre true centre of the field; the header gives it with an error
   */
  FitsHeader build(Kind kind, Instant start, double seconds, int counter, SkyPoint centre) {
    FrameGeometry frame = parameters.frame();
    FitsHeader header = new FitsHeader();
    header.logical("SIMPLE", true, "file does conform to FITS standard");
    header.integer("BITPIX", 16, "number of bits per data pixel");
    header.integer("NAXIS", 2, "number of data axes");
    header.integer("NAXIS1", frame.rawWidth(), "length of data axis 1");
    header.integer("NAXIS2", frame.rawHeight(), "length of data axis 2");
    header.logical("EXTEND", true, "FITS dataset may contain extensions");
    header.number("BZERO", 32768, "offset data range to that of unsigned short");
    header.number("BSCALE", 1, "default scaling factor");
    header.text("LONGSTRN", "OGIP 1.0", "The HEASARC Long String Convention");
    header.text("FILENAME", fileName(kind, start, counter), "");
    addExposure(header, kind, start, seconds, counter);
    addCamera(header);
    addSite(header);
    addMount(header, start, centre, counter);
    header.number("FOCUS", 33049, "");
    header.number("PRVFOCUS", 32982, "");
    Instant written = start.plusMillis(Math.round(1000 * seconds) + 5440);
    header.text("CRDATE", iso(written, "yyyy-MM-dd'T'HH:mm:ss.SSS"), "Creation date of FITS file");
    header.text("LIGHTSEC", frame.lightSection(), "Exposed area [x1 x2 y1 y2]");
    header.text("OVERSCAN", frame.overscanSection(), "Overscan [x1 x2 y1 y2]");
    return header;
  }

  private void addExposure(
      FitsHeader header, Kind kind, Instant start, double seconds, int counter) {
    ObservationParameters observation = parameters.observation();
    header.text("IMTYPE", kind.code, "");
    header.text("OBJECT", kind == Kind.SCIENCE ? observation.field() : "", "");
    header.text("EXPMODE", "VIDEO", "");
    header.number("COUNTER", counter, "");
    header.number("EXPTIME", seconds, "[s]");
    header.text("FILTER", "clear", "");
    header.real("JD", julianDate(start), "Beginning of exposure");
    header.real("JD_START", julianDate(start), "");
    header.text("DATE-OBS", iso(start, "yyyy-MM-dd'T'HH:mm:ss.SSS"), "Beginning of exposure");
    header.real("LST", siderealTime(start), "[deg]");
  }

  private void addCamera(FitsHeader header) {
    DetectorParameters detector = parameters.detector();
    String[] project = parameters.observation().project().split("\\.", -1);
    header.number("GAIN", detector.gain(), "Camera gain [e-/ADU]");
    header.number("READNOI", detector.readNoise(), "[e-]");
    header.number("DARKCUR", detector.darkCurrent(), "[e-/s]");
    header.number("SATURVAL", detector.saturation(), "[ADU]");
    header.number("NONLIN", detector.saturation(), "[ADU]");
    header.number("BINX", 1, "");
    header.number("BINY", 1, "");
    header.number("CAMNUM", Double.parseDouble(project[3]), "");
    header.text("CAMPOS", "NW", "");
    header.text("CAMNAME", "QHY600M-simulated", "");
    header.number("CAMTEMP", -4.9, "[C]");
    header.number("CAMCOOL", 28.2, "[%]");
    header.number("CAMMODE", 1, "");
    header.number("CAMGAIN", 0, "");
    header.number("CAMOFFS", 11, "");
    header.text("PROJNAME", parameters.observation().project(), "");
    header.text("FULLPROJ", parameters.observation().project(), "");
    header.number("NODENUMB", Double.parseDouble(project[1]), "");
    header.number("TIMEZONE", 2, "");
    header.number("MOUNTNUM", Double.parseDouble(project[2]), "");
  }

  private static void addSite(FitsHeader header) {
    header.real("OBSLON", LONGITUDE, "[deg]");
    header.real("OBSLAT", LATITUDE, "[deg]");
    header.real("OBSALT", ALTITUDE, "[m]");
  }

  private void addMount(FitsHeader header, Instant start, SkyPoint centre, int counter) {
    CounterRandom random = Purpose.POINTING_ERROR.open(parameters.seed(), counter);
    double error = parameters.pointing().headerError() / Math.sqrt(2);
    double dec = Math.clamp(centre.dec() + random.uniform(-error, error), -90, 90);
    double cosDec = Math.max(0.01, Math.cos(Math.toRadians(dec)));
    double ra = (centre.ra() + random.uniform(-error, error) / cosDec + 360) % 360;
    double years = (julianDate(start) - 2451545) / 365.25;
    double apparentRa = ra + precessionRa(ra, dec) * years;
    double apparentDec = dec + 20.04 / 3600 * Math.cos(Math.toRadians(ra)) * years;
    double hourAngle = Math.IEEEremainder(siderealTime(start) - apparentRa, 360);
    double altitude = altitude(hourAngle, apparentDec);
    header.real("M_RA", apparentRa, "[deg]");
    header.real("M_DEC", apparentDec, "[deg]");
    header.real("M_HA", hourAngle, "[deg]");
    header.real("EQUINOX", 2000, "Equinox");
    header.real("M_AZ", azimuth(hourAngle, apparentDec), "[deg]");
    header.real("M_ALT", altitude, "[deg]");
    header.real("M_JRA", ra, "[deg]");
    header.real("M_JDEC", dec, "[deg]");
    header.real("RA", ra, "[deg] J2000");
    header.real("DEC", dec, "[deg] J2000");
    header.real("AIRMASS", airmass(altitude), "Hardie");
    header.real("TRK_RA", 0, "");
    header.real("TRK_DEC", 0, "");
    header.real("MNTTEMP", 15.2, "[C]");
  }

  /**
   * Annual general precession in right ascension [deg/yr] (Astronomical Almanac, low precision).
   */
  private static double precessionRa(double ra, double dec) {
    double tan = Math.tan(Math.toRadians(Math.clamp(dec, -85, 85)));
    return (3.075 + 1.336 * Math.sin(Math.toRadians(ra)) * tan) * 15 / 3600;
  }

  /** Local mean sidereal time [deg] (Meeus 1998, eq. 12.4, without its quadratic terms). */
  private static double siderealTime(Instant time) {
    double days = julianDate(time) - 2451545;
    double greenwich = 280.46061837 + 360.98564736629 * days;
    return ((greenwich + LONGITUDE) % 360 + 360) % 360;
  }

  private static double altitude(double hourAngle, double dec) {
    double lat = Math.toRadians(LATITUDE);
    double d = Math.toRadians(dec);
    double sin =
        Math.sin(lat) * Math.sin(d)
            + Math.cos(lat) * Math.cos(d) * Math.cos(Math.toRadians(hourAngle));
    return Math.toDegrees(Math.asin(Math.clamp(sin, -1, 1)));
  }

  /** From north through east [deg]. */
  private static double azimuth(double hourAngle, double dec) {
    double lat = Math.toRadians(LATITUDE);
    double d = Math.toRadians(dec);
    double h = Math.toRadians(hourAngle);
    double east = -Math.cos(d) * Math.sin(h);
    double north = Math.sin(d) * Math.cos(lat) - Math.cos(d) * Math.sin(lat) * Math.cos(h);
    return (Math.toDegrees(Math.atan2(east, north)) + 360) % 360;
  }

  /** Hardie (1962); held at 10 near and below the horizon. */
  private static double airmass(double altitude) {
    double secZ = 1 / Math.sin(Math.toRadians(Math.max(5.8, altitude)));
    double s = secZ - 1;
    return secZ - 0.0018167 * s - 0.002875 * s * s - 0.0008083 * s * s * s;
  }
}
