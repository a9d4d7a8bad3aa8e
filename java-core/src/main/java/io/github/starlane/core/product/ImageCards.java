package io.github.starlane.core.product;

import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfShape;
import io.github.starlane.core.psf.PsfStarShapes.Quantity;
import io.github.starlane.core.source.ImageStatistics;
import io.github.starlane.core.source.ImageStatistics.Spread;
import io.github.starlane.core.source.PsfStatistics;
import io.github.starlane.core.source.SkyNoise;
import java.util.Map;
import java.util.stream.Collectors;

/** What a header says of an image's quality; keywords of LAST where it has them. */
public final class ImageCards {
  private ImageCards() {}

  /** What the keywords mean, with the unit in brackets. */
  public static Map<String, String> meanings() {
    return statistics(ImageStatistics.UNKNOWN).putAll(psf(PsfShape.UNKNOWN, 0, 0)).comments();
  }

  /** Background, sources, noise and limits. */
  public static FitsCards statistics(ImageStatistics s) {
    FitsCards cards = new FitsCards();
    put(cards, "BCK", "[electron] background of blocks", s.background());
    cards.put("BCKGRADX", s.gradientX(), "[electron] change of the background along x");
    cards.put("BCKGRADY", s.gradientY(), "[electron] change of the background along y");
    put(cards, "VAR", "[electron^2] variance of blocks", s.variance());
    cards
        .put("N_STARS", s.sources(), "number of sources")
        .put("N_GALAX", s.extended(), "extended sources")
        .put("N_PSTARS", s.stars(), "unflagged point sources, S/N 50 and more")
        .put("N_COSMIC", s.cosmicRays(), "cosmic rays masked")
        .put("MED_X2", s.xx(), "[pix2] median second moment XX of the stars")
        .put("MED_Y2", s.yy(), "[pix2] median second moment YY of the stars")
        .put("MED_XY", s.xy(), "[pix2] median second moment XY of the stars")
        .put("MED_E", s.ellipticity(), "median of hypot(e1, e2) of the stars")
        .put("DE1MED", s.e1Delta().median(), "median e1 of the stars minus the PSF")
        .put("DE1SIG", s.e1Delta().deviation(), "scatter of e1 of the stars minus the PSF")
        .put("DE2MED", s.e2Delta().median(), "median e2 of the stars minus the PSF")
        .put("DE2SIG", s.e2Delta().deviation(), "scatter of e2 of the stars minus the PSF")
        .put("DSIZMED", s.sizeDelta().median(), "[pix] median size of the stars minus the PSF")
        .put("DSIZSIG", s.sizeDelta().deviation(), "[pix] scatter of the size minus the PSF")
        .put("LIMFLUX", s.limitingFlux(), "[electron] flux of a star at S/N 5")
        .put("FLUX_95", s.flux95(), "[electron] 95 percent of sources exceed this");
    cards.putAll(variation(s.psf()));
    return s.sky() == null ? cards : cards.putAll(noise(s.sky()));
  }

  private static FitsCards variation(PsfStatistics s) {
    Map<Quantity, Double> stars = s.stars();
    return new FitsCards()
        .put("PSFRANGE", s.sizeRange(), "[pix] range of the PSF's size over the image")
        .put("PSFLRNG", s.lightRange(), "range of the PSF's light within 3 sigma")
        .put("APCORRNG", s.correctionRange(), "[1/pix] range of last APCOR_n over PSF sigma")
        .put("PSFDIST", s.farthest(), "[pix] largest distance to the nearest PSF star")
        .put("ST_E", stars.get(Quantity.ELLIPTICITY), "PSF stars: hypot(e1, e2), median")
        .put(
            "ST_UNE",
            stars.get(Quantity.UNNORMALISED_ELLIPTICITY),
            "[pix2] PSF stars: hypot(XX-YY, 2XY), median")
        .put("ST_COMA1", stars.get(Quantity.COMA_1), "PSF stars: M30+M12, median")
        .put("ST_COMA2", stars.get(Quantity.COMA_2), "PSF stars: M21+M03, median")
        .put("ST_TREF1", stars.get(Quantity.TREFOIL_1), "PSF stars: M30-3M12, median")
        .put("ST_TREF2", stars.get(Quantity.TREFOIL_2), "PSF stars: 3M21-M03, median")
        .put("ST_KURT", stars.get(Quantity.KURTOSIS), "PSF stars: M40+2M22+M04, Gaussian 2, median")
        .put("ST_E41", stars.get(Quantity.E4_1), "PSF stars: M40-M04, median")
        .put("ST_E42", stars.get(Quantity.E4_2), "PSF stars: 2(M31+M13), median");
  }

  private static void put(FitsCards cards, String what, String text, Spread spread) {
    cards
        .put("MEAN" + what, spread.mean(), text + ", mean")
        .put("MED" + what, spread.median(), text + ", median")
        .put("STD" + what, spread.deviation(), text + ", robust scatter")
        .put("MIN" + what, spread.smallest(), text + ", smallest")
        .put("MAX" + what, spread.largest(), text + ", largest");
  }

  private static FitsCards noise(SkyNoise sky) {
    FitsCards cards = new FitsCards().put("SKY_N", sky.places(), "empty places measured");
    for (int r = 0; r < sky.apertureDeviation().length; r++) {
      cards.put(
          "SKYSTD_" + (r + 1),
          sky.apertureDeviation()[r],
          "[electron] scatter of aperture " + (r + 1) + " on empty sky");
      cards.put(
          "SKYRAT_" + (r + 1),
          sky.apertureOverError()[r],
          "SKYSTD_" + (r + 1) + " over the errors given");
    }
    return cards
        .put("SKYMPSF", sky.psfMean(), "[electron] median PSF flux at empty places")
        .put("SKYSTDP", sky.psfDeviation(), "[electron] scatter of PSF flux on empty sky")
        .put("SKYRATP", sky.psfOverError(), "SKYSTDP over the errors given");
  }

  /**
   * The PSF.
   *
   * @param pixelScale [arcsec/pixel], NaN if unknown
   */
  public static FitsCards psf(Psf psf, double pixelScale) {
    return psf(psf.shape(), psf.stars(), pixelScale);
  }

  private static FitsCards psf(PsfShape shape, int stars, double pixelScale) {
    return new FitsCards()
        .put("PSF_NUM", stars, "stars the PSF was built from")
        .put("FWHMPIX", shape.fwhm(), "[pix] of the PSF")
        .put("FWHM", shape.fwhm() * pixelScale, "[arcsec] of the PSF")
        .put("ELLIP", shape.ellipticity(), "ellipticity 1 - b/a of the PSF")
        .put("MED_TH", shape.angle(), "[deg] major axis of the PSF, from x towards y")
        .put("PSF_XX", shape.xx(), "[pix2] second moment XX of the PSF")
        .put("PSF_YY", shape.yy(), "[pix2] second moment YY of the PSF")
        .put("PSF_XY", shape.xy(), "[pix2] second moment XY of the PSF")
        .put("PSF_GMAJ", shape.gaussianMajor(), "[pix] FWHM of the Gaussian fit, major axis")
        .put("PSF_GMIN", shape.gaussianMinor(), "[pix] FWHM of the Gaussian fit, minor axis")
        .put("PSF_GTH", shape.gaussianAngle(), "[deg] angle of the Gaussian that fits the PSF")
        .put("PSF_NMAX", shape.maxima(), "local maxima of the PSF")
        .put("PSF_RMAX", shape.peakRatio(), "second maximum of the PSF over the first")
        .put("PSF_DMAX", shape.peakDistance(), "[pix] distance of the PSF's two maxima")
        .put("SSPSF2", Math.sqrt(shape.sumOfSquares()), "root of the sum of the squared PSF")
        .put("PSFAREA", 1 / shape.sumOfSquares(), "[pix2] noise-equivalent area of the PSF")
        .put(
            "PSFFLAGS",
            shape.flags().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")),
            "what is unusual about the PSF");
  }
}
