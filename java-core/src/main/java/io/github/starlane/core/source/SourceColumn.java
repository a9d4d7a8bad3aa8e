package io.github.starlane.core.source;

/**
 * Columns of a source table. Names are those of LAST's catalogues where LAST has the column; units
 * as VOUnits writes them, meaning as UCD1+. Pixel positions are 0-based here; writers make them
 * 1-based.
 */
public enum SourceColumn {
  X_PEAK("XPEAK", "pix", "pos.cartesian.x;instr.det", "column of the detection's peak pixel"),
  Y_PEAK("YPEAK", "pix", "pos.cartesian.y;instr.det", "row of the detection's peak pixel"),
  X1("X1", "pix", "pos.cartesian.x;instr.det", "windowed centroid, column"),
  Y1("Y1", "pix", "pos.cartesian.y;instr.det", "windowed centroid, row"),
  X2("X2", "pix**2", "src.morph.param", "second moment along x, window removed"),
  Y2("Y2", "pix**2", "src.morph.param", "second moment along y, window removed"),
  XY("XY", "pix**2", "src.morph.param", "mixed second moment, window removed"),
  X1_ERROR("X1ERR", "pix", "stat.error;pos.cartesian.x;instr.det", "error of X1, for a star"),
  Y1_ERROR("Y1ERR", "pix", "stat.error;pos.cartesian.y;instr.det", "error of Y1, for a star"),
  X2_ERROR("X2ERR", "pix**2", "stat.error;src.morph.param", "error of X2, for a star"),
  Y2_ERROR("Y2ERR", "pix**2", "stat.error;src.morph.param", "error of Y2, for a star"),
  XY_ERROR("XYERR", "pix**2", "stat.error;src.morph.param", "error of XY, for a star"),
  MAJOR_AXIS(
      "A",
      "pix",
      "phys.angSize.smajAxis",
      "rms along the major axis, from X2, Y2, XY; adaptive moments if EXTENDED"),
  MINOR_AXIS(
      "B",
      "pix",
      "phys.angSize.sminAxis",
      "rms along the minor axis, from X2, Y2, XY; adaptive moments if EXTENDED"),
  ANGLE("THETA", "deg", "pos.posAng;instr.det", "angle of the major axis from x towards y"),
  MAJOR_AXIS_ERROR("AERR", "pix", "stat.error;phys.angSize.smajAxis", "error of A"),
  MINOR_AXIS_ERROR("BERR", "pix", "stat.error;phys.angSize.sminAxis", "error of B"),
  ANGLE_ERROR("THETAERR", "deg", "stat.error;pos.posAng;instr.det", "error of THETA"),
  X(
      "X",
      "pix",
      "pos.cartesian.x;instr.det",
      "column of the PSF fit; of the adaptive moments if EXTENDED"),
  Y(
      "Y",
      "pix",
      "pos.cartesian.y;instr.det",
      "row of the PSF fit; of the adaptive moments if EXTENDED"),
  X_ERROR("XERR", "pix", "stat.error;pos.cartesian.x;instr.det", "error of X"),
  Y_ERROR("YERR", "pix", "stat.error;pos.cartesian.y;instr.det", "error of Y"),
  SN_DELTA("SN_1", "", "stat.snr", "S/N of the matched filter with a delta function"),
  SN_PSF("SN_2", "", "stat.snr", "S/N of the matched filter with the PSF"),
  SN_BROAD("SN_3", "", "stat.snr", "S/N of the matched filter with a broadened PSF"),
  SN("SN", "", "stat.snr", "flux over error of the PSF fit"),
  BACKGROUND("BACK_IM", "electron", "instr.background", "background level per pixel"),
  VARIANCE(
      "VAR_IM", "electron**2", "stat.variance;instr.background", "background variance per pixel"),
  ANNULUS_BACKGROUND("BACK_ANNULUS", "electron", "instr.background", "median of the annulus"),
  ANNULUS_DEVIATION(
      "STD_ANNULUS",
      "electron",
      "stat.stdev;instr.background",
      "robust standard deviation of the annulus"),
  FLUX_APERTURE_1("FLUX_APER_1", "electron", "phot.count", "flux in aperture 1"),
  FLUX_APERTURE_2("FLUX_APER_2", "electron", "phot.count", "flux in aperture 2"),
  FLUX_APERTURE_3("FLUX_APER_3", "electron", "phot.count", "flux in aperture 3"),
  FLUX_APERTURE_4("FLUX_APER_4", "electron", "phot.count", "flux in aperture 4"),
  FLUX_APERTURE_ERROR_1(
      "FLUXERR_APER_1", "electron", "stat.error;phot.count", "error of FLUX_APER_1"),
  FLUX_APERTURE_ERROR_2(
      "FLUXERR_APER_2", "electron", "stat.error;phot.count", "error of FLUX_APER_2"),
  FLUX_APERTURE_ERROR_3(
      "FLUXERR_APER_3", "electron", "stat.error;phot.count", "error of FLUX_APER_3"),
  FLUX_APERTURE_ERROR_4(
      "FLUXERR_APER_4", "electron", "stat.error;phot.count", "error of FLUX_APER_4"),
  MAG_APERTURE_1(
      "MAG_APER_1", "mag", "phot.mag;em.opt", "magnitude of FLUX_APER_1, not of the total flux"),
  MAG_APERTURE_2(
      "MAG_APER_2", "mag", "phot.mag;em.opt", "magnitude of FLUX_APER_2, not of the total flux"),
  MAG_APERTURE_3(
      "MAG_APER_3", "mag", "phot.mag;em.opt", "magnitude of FLUX_APER_3, not of the total flux"),
  MAG_APERTURE_4(
      "MAG_APER_4", "mag", "phot.mag;em.opt", "magnitude of FLUX_APER_4, not of the total flux"),
  MAG_APERTURE_ERROR_1(
      "MAGERR_APER_1", "mag", "stat.error;phot.mag", "error of MAG_APER_1 without that of PH_ZP"),
  MAG_APERTURE_ERROR_2(
      "MAGERR_APER_2", "mag", "stat.error;phot.mag", "error of MAG_APER_2 without that of PH_ZP"),
  MAG_APERTURE_ERROR_3(
      "MAGERR_APER_3", "mag", "stat.error;phot.mag", "error of MAG_APER_3 without that of PH_ZP"),
  MAG_APERTURE_ERROR_4(
      "MAGERR_APER_4", "mag", "stat.error;phot.mag", "error of MAG_APER_4 without that of PH_ZP"),
  APERTURE_CORRECTION_1(
      "APCOR_1", "", "arith.factor;phot.count", "total flux over that in aperture 1, for a star"),
  APERTURE_CORRECTION_2(
      "APCOR_2", "", "arith.factor;phot.count", "total flux over that in aperture 2, for a star"),
  APERTURE_CORRECTION_3(
      "APCOR_3", "", "arith.factor;phot.count", "total flux over that in aperture 3, for a star"),
  APERTURE_CORRECTION_4(
      "APCOR_4", "", "arith.factor;phot.count", "total flux over that in aperture 4, for a star"),
  FLUX_PEAK("FLUX_XYPEAK", "electron", "phot.count", "peak pixel above the background"),
  FLUX_PSF("FLUX_PSF", "electron", "phot.count", "flux of the PSF fit"),
  FLUX_PSF_ERROR("FLUXERR_PSF", "electron", "stat.error;phot.count", "error of FLUX_PSF"),
  MAG_PSF("MAG_PSF", "mag", "phot.mag;em.opt", "calibrated magnitude of the PSF fit, see PH_ZP"),
  MAG_PSF_ERROR(
      "MAGERR_PSF",
      "mag",
      "stat.error;phot.mag",
      "error of MAG_PSF without that of the zero point"),
  PSF_CHI2DOF(
      "PSF_CHI2DOF", "", "stat.fit.chi2", "chi square per degree of freedom of the PSF fit"),
  PSF_FLAGS("PSF_FLAGS", "", "meta.code.qual", "flags of the PSF fit"),
  SPREAD(
      "SPREAD",
      "",
      "src.morph.param",
      "flux of a 1.5 times broadened PSF in addition to the PSF, over FLUX_PSF; 0 for stars"),
  SPREAD_ERROR("SPREADERR", "", "stat.error;src.morph.param", "error of SPREAD"),
  STAR_GALAXY(
      "STAR_GALAXY",
      "",
      "src.class.starGalaxy",
      "probability of a star against a galaxy from SPREAD; 1 star, 0 galaxy, 0.5 not known"),
  EXTENDED("EXTENDED", "", "meta.code", "1 if the source is extended: a galaxy, not a star"),
  FLUX_AUTO("FLUX_AUTO", "electron", "phot.count", "flux in the Kron ellipse; NaN unless EXTENDED"),
  FLUX_AUTO_ERROR(
      "FLUXERR_AUTO", "electron", "stat.error;phot.count", "error of FLUX_AUTO, of noise alone"),
  MAG_AUTO("MAG_AUTO", "mag", "phot.mag;em.opt", "calibrated magnitude of FLUX_AUTO, see PH_ZP"),
  MAG_AUTO_ERROR(
      "MAGERR_AUTO",
      "mag",
      "stat.error;phot.mag",
      "error of MAG_AUTO without that of the zero point"),
  KRON_RADIUS(
      "KRON_RADIUS",
      "",
      "phys.angSize;arith.ratio",
      "size of the Kron ellipse in units of A and B; NaN unless EXTENDED"),
  NEIGHBOURS("NEIGHBOURS", "", "meta.number", "sources near enough to be fitted together with"),
  GROUP("GROUP", "", "meta.id", "number of the blend, that of its first source; 0 if alone"),
  ITERATION("MITER", "", "meta.number", "iteration in which the source was found"),
  FLAGS("FLAGS", "", "meta.code.qual", "OR of the mask bits within 3 pixels"),
  FORCED("FORCED", "", "meta.code", "1 if the position was given, not found"),
  RA("RA", "deg", "pos.eq.ra;meta.main", "right ascension, ICRS"),
  DEC("Dec", "deg", "pos.eq.dec;meta.main", "declination, ICRS"),
  PRIMARY("primary", "", "meta.code", "1 if this crop is the one that owns the position");

  private final String fitsName;
  private final String unit;
  private final String ucd;
  private final String description;

  SourceColumn(String fitsName, String unit, String ucd, String description) {
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
    return unit.equals("pix") && ucd.startsWith("pos.");
  }
}
