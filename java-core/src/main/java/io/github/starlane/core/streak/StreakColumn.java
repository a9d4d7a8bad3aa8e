package io.github.starlane.core.streak;

/**
 * Columns of a table of streaks; units as VOUnits writes them, meaning as UCD1+. Pixel positions
 * are 0-based here; writers make them 1-based.
 */
public enum StreakColumn {
  EPOCH("EPOCH", "", "meta.number", "number of the exposure in its visit"),
  CROP("CROP", "", "meta.number", "number of the crop"),
  X_1("X1", "pix", "pos.cartesian.x;instr.det", "column of the first end"),
  Y_1("Y1", "pix", "pos.cartesian.y;instr.det", "row of the first end"),
  X_1_ERROR("X1ERR", "pix", "stat.error;pos.cartesian.x;instr.det", "error of X1"),
  Y_1_ERROR("Y1ERR", "pix", "stat.error;pos.cartesian.y;instr.det", "error of Y1"),
  X_2("X2", "pix", "pos.cartesian.x;instr.det", "column of the second end"),
  Y_2("Y2", "pix", "pos.cartesian.y;instr.det", "row of the second end"),
  X_2_ERROR("X2ERR", "pix", "stat.error;pos.cartesian.x;instr.det", "error of X2"),
  Y_2_ERROR("Y2ERR", "pix", "stat.error;pos.cartesian.y;instr.det", "error of Y2"),
  EDGE_1("EDGE1", "", "meta.code", "1 if the first end is the image's edge"),
  EDGE_2("EDGE2", "", "meta.code", "1 if the second end is the image's edge"),
  LENGTH("LENGTH", "pix", "phys.size;instr.det", "distance of the ends"),
  ANGLE("ANGLE", "deg", "pos.posAng;instr.det", "direction from the x axis towards the y axis"),
  FWHM("FWHM", "pix", "phys.size;instr.det", "width at half maximum, PSF included"),
  FWHM_ERROR("FWHMERR", "pix", "stat.error;phys.size;instr.det", "error of FWHM"),
  SN("SN", "", "stat.snr", "S/N of all the light"),
  FLUX_PER_LENGTH("FLUX_LEN", "electron.pix**-1", "phot.count", "light per pixel of length"),
  FLUX_PER_LENGTH_ERROR(
      "FLUXERR_LEN", "electron.pix**-1", "stat.error;phot.count", "error of FLUX_LEN"),
  FLUX("FLUX", "electron", "phot.count", "all the light in the image"),
  FLUX_ERROR("FLUXERR", "electron", "stat.error;phot.count", "error of FLUX"),
  CHI2DOF("CHI2DOF", "", "stat.fit.chi2", "chi square of the cross-section per degree of freedom"),
  RA_1("RA1", "deg", "pos.eq.ra", "right ascension of the first end, ICRS"),
  DEC_1("Dec1", "deg", "pos.eq.dec", "declination of the first end, ICRS"),
  RA_2("RA2", "deg", "pos.eq.ra", "right ascension of the second end, ICRS"),
  DEC_2("Dec2", "deg", "pos.eq.dec", "declination of the second end, ICRS"),
  ANGULAR_LENGTH("ANGLEN", "arcsec", "pos.angDistance", "angular distance of the ends"),
  POSITION_ANGLE("PA", "deg", "pos.posAng", "of the second end from the first, from north to east"),
  RATE(
      "RATE",
      "arcsec.s**-1",
      "pos.pm",
      "ANGLEN over the exposure time; a lower limit where an end is the edge"),
  JD("JD", "d", "time.epoch", "mid-exposure, Julian date (UTC)"),
  EXPOSURE_TIME("EXPTIME", "s", "time.duration;obs.exposure", "exposure time");

  private final String fitsName;
  private final String unit;
  private final String ucd;
  private final String description;

  StreakColumn(String fitsName, String unit, String ucd, String description) {
    this.fitsName = fitsName;
    this.unit = unit;
    this.ucd = ucd;
    this.description = description;
  }

  /** TTYPE. */
  public String fitsName() {
    return fitsName;
  }

  /** TUNIT, or empty. */
  public String unit() {
    return unit;
  }

  /** TUCD. */
  public String ucd() {
    return ucd;
  }

  /** One clause. */
  public String description() {
    return description;
  }

  /** Whether this is a pixel position, 0-based in memory and 1-based in files. */
  public boolean isPixelPosition() {
    return ucd.startsWith("pos.cartesian");
  }
}
