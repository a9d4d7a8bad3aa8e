package io.github.starlane.core.product;

import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfShape;
import io.github.starlane.core.source.ImageStatistics;
import io.github.starlane.core.source.ImageStatistics.Spread;
import io.github.starlane.core.source.SkyNoise;
import java.util.stream.Collectors;

/** What a header says of an image's quality; keywords of LAST where it has them. */
public final class ImageCards {
  private ImageCards() {}

  /** Background, sources, noise and limits. */
  public static FitsCards statistics(ImageStatistics s) {
    FitsCards cards = new FitsCards();
    put(cards, "BCK", "[electron] background", s.background());
    cards.put("BCKGRADX", s.gradientX(), "[electron] change of the background along x");
    cards.put("BCKGRADY", s.gradientY(), "[electron] change of the background along y");
    put(cards, "VAR", "[electron^2] background variance", s.variance());
    cards
        .put("N_STARS", s.sources(), "number of sources")
        .put("N_GALAX", s.extended(), "extended sources")
        .put("N_PSTARS", s.stars(), "unflagged point sources, S/N 50 and more")
        .put("N_COSMIC", s.cosmicRays(), "cosmic rays masked")
        .put("MED_X2", s.xx(), "[pix2] median second moment of the stars")
        .put("MED_Y2", s.yy(), "[pix2] median second moment of the stars")
        .put("MED_XY", s.xy(), "[pix2] median second moment of the stars")
        .put("MED_E", s.ellipticity(), "median of hypot(e1, e2) of the stars")
        .put("DE1MED", s.e1Delta().median(), "median e1 of the stars minus the PSF")
        .put("DE1SIG", s.e1Delta().deviation(), "its scatter")
        .put("DE2MED", s.e2Delta().median(), "median e2 of the stars minus the PSF")
        .put("DE2SIG", s.e2Delta().deviation(), "its scatter")
        .put("DSIZMED", s.sizeDelta().median(), "[pix] median size of the stars minus the PSF")
        .put("DSIZSIG", s.sizeDelta().deviation(), "[pix] its scatter")
        .put("PSFRANGE", s.psfSizeRange(), "[pix] range of the PSF's size over the image")
        .put("LIMFLUX", s.limitingFlux(), "[electron] flux of a star at S/N 5")
        .put("FLUX_95", s.flux95(), "[electron] flux that 95 percent of the sources exceed");
    return s.sky() == null ? cards : cards.putAll(noise(s.sky()));
  }

  private static void put(FitsCards cards, String what, String text, Spread spread) {
    cards
        .put("MEAN" + what, spread.mean(), text + ", mean of the blocks")
        .put("MED" + what, spread.median(), text + ", median")
        .put("STD" + what, spread.deviation(), text + ", robust deviation")
        .put("MIN" + what, spread.smallest(), text + ", smallest")
        .put("MAX" + what, spread.largest(), text + ", largest");
  }

  private static FitsCards noise(SkyNoise sky) {
    FitsCards cards = new FitsCards().put("SKY_N", sky.places(), "empty places measured");
    for (int r = 0; r < sky.apertureDeviation().length; r++) {
      cards.put(
          "SKYSTD_" + (r + 1),
          sky.apertureDeviation()[r],
          "[electron] scatter of aperture " + (r + 1) + " at empty places");
      cards.put("SKYRAT_" + (r + 1), sky.apertureOverError()[r], "the same over its errors");
    }
    return cards
        .put("SKYMPSF", sky.psfMean(), "[electron] median PSF flux at empty places")
        .put("SKYSTDP", sky.psfDeviation(), "[electron] scatter of the PSF flux there")
        .put("SKYRATP", sky.psfOverError(), "the same over its errors");
  }

  /**
   * The PSF.
   *
   * @param pixelScale [arcsec/pixel], NaN if unknown
   */
  public static FitsCards psf(Psf psf, double pixelScale) {
    PsfShape shape = psf.shape();
    return new FitsCards()
        .put("PSF_NUM", psf.stars(), "stars the PSF was built from")
        .put("FWHMPIX", shape.fwhm(), "[pix] of the PSF")
        .put("FWHM", shape.fwhm() * pixelScale, "[arcsec] of the PSF")
        .put("ELLIP", shape.ellipticity(), "ellipticity 1 - b/a of the PSF")
        .put("MED_TH", shape.angle(), "[deg] its major axis, from x towards y")
        .put("PSF_XX", shape.xx(), "[pix2] second moment of the PSF")
        .put("PSF_YY", shape.yy(), "[pix2] second moment of the PSF")
        .put("PSF_XY", shape.xy(), "[pix2] second moment of the PSF")
        .put("PSF_GMAJ", shape.gaussianMajor(), "[pix] FWHM of the Gaussian that fits, major axis")
        .put("PSF_GMIN", shape.gaussianMinor(), "[pix] FWHM of the Gaussian that fits, minor axis")
        .put("PSF_GTH", shape.gaussianAngle(), "[deg] angle of the Gaussian that fits")
        .put("PSF_NMAX", shape.maxima(), "local maxima of the PSF")
        .put("PSF_RMAX", shape.peakRatio(), "second maximum over the first")
        .put("PSF_DMAX", shape.peakDistance(), "[pix] distance of the two")
        .put("SSPSF2", Math.sqrt(shape.sumOfSquares()), "square root of the sum of the squared PSF")
        .put("PSFAREA", 1 / shape.sumOfSquares(), "[pix2] noise-equivalent area")
        .put(
            "PSFFLAGS",
            shape.flags().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")),
            "what is unusual about the PSF");
  }
}
