package io.github.starlane.core.frame;

import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.instrument.FrameType;
import io.github.starlane.core.instrument.InstrumentProfile;
import java.nio.file.Path;
import java.util.List;

/**
 * One raw frame, as its header and its instrument's profile describe it. Numbers that nobody knows
 * are NaN.
 *
 * @param file where it lies
 * @param hdu index of the HDU with the image
 * @param header cards of that HDU, and of the primary one where that is another
 * @param profile of the instrument
 * @param type what it was taken for
 * @param camera name of the camera
 * @param filter name of the filter
 * @param object target or field
 * @param width NAXIS1 of the raw frame
 * @param height NAXIS2 of the raw frame
 * @param light section exposed to light
 * @param overscan overscan section, or null
 * @param exposureTime [s]
 * @param midJd Julian date (UTC) of the middle of the exposure
 * @param gain [electron / ADU]
 * @param readNoise [electron]
 * @param saturation [ADU]
 * @param nonLinear [ADU]
 * @param darkCurrent [electron / s / pixel]
 * @param rightAscension of the pointing [deg]
 * @param declination of the pointing [deg]
 * @param pointingError by which the pointing may be off [deg]
 * @param pixelScale [arcsec / pixel]
 * @param temperature of the detector [Celsius]
 * @param airmass from the header
 * @param counter running number in the visit; −1 if unknown
 * @param remarks what was missing and what was assumed
 */
public record Exposure(
    Path file,
    int hdu,
    FitsHeader header,
    InstrumentProfile profile,
    FrameType type,
    String camera,
    String filter,
    String object,
    int width,
    int height,
    Section light,
    Section overscan,
    double exposureTime,
    double midJd,
    double gain,
    double readNoise,
    double saturation,
    double nonLinear,
    double darkCurrent,
    double rightAscension,
    double declination,
    double pointingError,
    double pixelScale,
    double temperature,
    double airmass,
    int counter,
    List<String> remarks) {

  /** The file's name. */
  public String name() {
    return file.getFileName().toString();
  }

  /**
   * The same with other numbers of the detector.
   *
   * @param electronsPerUnit gain
   * @param saturationLevel in the image's units
   */
  public Exposure withDetector(double electronsPerUnit, double saturationLevel) {
    return new Exposure(
        file,
        hdu,
        header,
        profile,
        type,
        camera,
        filter,
        object,
        width,
        height,
        light,
        overscan,
        exposureTime,
        midJd,
        electronsPerUnit,
        readNoise,
        saturationLevel,
        nonLinear,
        darkCurrent,
        rightAscension,
        declination,
        pointingError,
        pixelScale,
        temperature,
        airmass,
        counter,
        remarks);
  }
}
