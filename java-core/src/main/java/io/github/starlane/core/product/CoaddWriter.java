package io.github.starlane.core.product;

import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.visit.Coadd;
import java.nio.file.Path;

/**
 * Writes a coadd: image, variance, mask, number of epochs and PSF in the middle, each in an HDU of
 * that name.
 */
public final class CoaddWriter {

  private CoaddWriter() {}

  /**
   * Writes a coadd.
   *
   * @param cards of the coadd: exposure, world coordinates, zero point …
   * @param psf in the middle of the coadd, or null
   */
  public static void write(Path path, Coadd coadd, FitsCards cards, FitsCards wcs, Psf psf) {
    int w = coadd.width();
    int h = coadd.height();
    FitsCards image = new FitsCards().put("BUNIT", "electron", "of one exposure of the mean epoch");
    FitsCards variance = new FitsCards().put("BUNIT", "electron**2", "").putAll(wcs);
    FitsCards count = new FitsCards().put("BUNIT", "count", "epochs in each pixel").putAll(wcs);
    FitsWriter writer =
        new FitsWriter()
            .image("IMAGE", coadd.image(), w, h, image.putAll(cards).putAll(wcs))
            .image("VARIANCE", coadd.variance(), w, h, variance)
            .image("MASK", coadd.mask(), w, h, new FitsCards().putAll(wcs).putAll(MaskBit.cards()))
            .image("NEPOCH", coadd.count(), w, h, count);
    if (psf != null) {
      FitsCards psfCards =
          new FitsCards()
              .put("PSFPLACE", "MIDDLE", "place in the image that this PSF is of")
              .put("OVERSAMP", psf.model().oversampling(), "grid points per pixel")
              .put("FWHMPIX", psf.fwhm(), "[pix] full width at half maximum");
      writer.image(
          "PSF", psf.model().basis(), psf.model().gridSize(), psf.model().gridSize(), psfCards);
    }
    writer.write(path);
  }
}
