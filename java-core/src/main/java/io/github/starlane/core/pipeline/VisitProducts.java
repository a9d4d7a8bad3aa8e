package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.astrometry.solve.AstrometricSolution;
import io.github.starlane.core.calibration.CalibrationSet;
import io.github.starlane.core.calibration.MasterFrame;
import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.Times;
import io.github.starlane.core.photometry.Magnitudes;
import io.github.starlane.core.photometry.ZeroPoint;
import io.github.starlane.core.product.CatalogWriter;
import io.github.starlane.core.product.CoaddWriter;
import io.github.starlane.core.product.ImageCards;
import io.github.starlane.core.product.ProductNames;
import io.github.starlane.core.product.StreakWriter;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.source.Extraction;
import io.github.starlane.core.source.ImageStatistics;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.core.streak.SkyPosition;
import io.github.starlane.core.streak.StreakTable;
import io.github.starlane.core.visit.Visit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts together tables and headers of a visit's products, with LAST's column names and keywords,
 * and has them written.
 */
final class VisitProducts {
  private final Visit visit;
  private final CalibrationSet masters;
  private final VisitReduction.Context context;
  private final ProductNames names;

  VisitProducts(Visit visit, CalibrationSet masters, VisitReduction.Context context) {
    this.visit = visit;
    this.masters = masters;
    this.context = context;
    this.names = new ProductNames(context.request().output());
  }

  /** Writes the catalogue of one crop of one epoch. */
  void writeEpoch(int e, Crop crop, CropEpoch epoch) {
    if (!epoch.isGood()) {
      return;
    }
    Exposure exposure = visit.exposures().get(e);
    SourceTable table =
        finished(epoch.extraction.sources(), crop, epoch.astrometry, epoch.zeroPoint);
    FitsCards cards =
        exposureCards(exposure, crop)
            .put("LEVEL", "proc", "one epoch")
            .put("JD", exposure.midJd(), "[d] UTC, middle of the exposure");
    cards
        .put("EXPTIME", exposure.exposureTime(), "[s]")
        .put("DATE-OBS", startOf(exposure), "UTC, start of the exposure")
        .put("DATE-AVG", iso(exposure.midJd()), "UTC, middle of the exposure");
    cards.put("AIRMASS", exposure.airmass(), "from the raw header");
    cards.putAll(imageCards(epoch.extraction, epoch.astrometry, crop, 1, exposure.pixelScale()));
    cards.put("PH_ZP", epoch.zeroPoint, "[mag] of 1 electron in this exposure");
    cards.put(
        "LIMMAG", limitingMagnitude(epoch.extraction, epoch.zeroPoint), "[mag] of a star at S/N 5");
    guarded(
        () -> CatalogWriter.write(names.epochCatalog(visit, exposure, crop.id()), table, cards));
  }

  /** Writes image and catalogue of one crop's coadd, if there is one. */
  void writeCoadd(Crop crop, CropCoadd coadd) {
    if (coadd.coadd == null) {
      return;
    }
    Exposure first = visit.first();
    double zeroPoint = coadd.zeroPoint == null ? Double.NaN : coadd.zeroPoint.value();
    FitsCards cards =
        exposureCards(first, crop).put("LEVEL", "coadd", "all epochs of the visit together");
    int n = coadd.coadd.epochs().length;
    cards.put("NCOADD", n, "number of epochs");
    cards
        .put("EXPTIME", n * first.exposureTime(), "[s] of all epochs")
        .put("JD", meanJd(coadd.coadd.epochs()), "[d] UTC, mean of the epochs")
        .put("DATE-OBS", startOf(firstOf(coadd.coadd.epochs())), "UTC, start of the first epoch")
        .put("DATE-AVG", iso(meanJd(coadd.coadd.epochs())), "UTC, mean of the epochs");
    cards.put("EFFGAIN", coadd.coadd.effectiveGain(), "[electron/unit] for the sources' own noise");
    if (coadd.extraction != null) {
      cards.putAll(
          imageCards(
              coadd.extraction,
              coadd.astrometry,
              crop,
              coadd.coadd.effectiveGain(),
              first.pixelScale()));
      cards.put(
          "LIMMAG", limitingMagnitude(coadd.extraction, zeroPoint), "[mag] of a star at S/N 5");
    }
    cards.putAll(zeroPointCards(coadd.zeroPoint));
    FitsCards wcs = coadd.astrometry == null ? new FitsCards() : coadd.astrometry.wcs().cards();
    Path file = names.coadd(visit, crop.id(), "Image");
    guarded(
        () -> {
          Psf psf = coadd.extraction == null ? null : coadd.extraction.psf();
          CoaddWriter.write(file, coadd.coadd, cards, wcs, psf);
          coadd.file = file;
        });
    if (coadd.extraction != null) {
      SourceTable table = finished(coadd.extraction.sources(), crop, coadd.astrometry, zeroPoint);
      guarded(() -> CatalogWriter.write(names.coadd(visit, crop.id(), "Cat"), table, cards));
    }
  }

  /**
   * Writes the table of the visit's streaks, which may be empty.
   *
   * @return number of streaks
   */
  int writeStreaks(CropEpoch[][] epochs, List<Crop> crops) {
    StreakTable table = new StreakTable();
    for (int e = 0; e < epochs.length; e++) {
      Exposure exposure = visit.exposures().get(e);
      for (Crop crop : crops) {
        CropEpoch epoch = epochs[e][crop.id() - 1];
        if (epoch.isGood()) {
          SkyPosition sky = epoch.astrometry == null ? null : epoch.astrometry.wcs()::toSky;
          table.add(
              epoch.extraction.lines(),
              new StreakTable.Image(
                  e + 1, crop.id(), exposure.midJd(), exposure.exposureTime(), sky));
        }
      }
    }
    FitsCards cards =
        new FitsCards()
            .put("VISIT", visit.name(), "exposures that were reduced together")
            .putAll(context.provenance().cards());
    guarded(() -> StreakWriter.write(names.streaks(visit), table, cards));
    return table.count();
  }

  private void guarded(Runnable write) {
    try {
      write.run();
    } catch (StarlaneException ex) {
      if (ex.exitCode() == ExitCode.RESOURCE) {
        // A full disk will not take the other products either.
        throw ex;
      }
      context.log().fail(ex);
    }
  }

  /**
   * Adds sky positions, magnitudes and ownership; sorted by declination (without coordinates by
   * row).
   */
  private static SourceTable finished(
      SourceTable sources, Crop crop, AstrometricSolution astrometry, double zeroPoint) {
    int n = sources.count();
    double[] x = sources.get(SourceColumn.X);
    double[] y = sources.get(SourceColumn.Y);
    double[] sort = y;
    if (astrometry != null) {
      SkyPositions.add(sources, astrometry.wcs());
      sort = sources.get(SourceColumn.DEC);
    }
    Magnitudes.add(sources, zeroPoint);
    sources.set(SourceColumn.PRIMARY, map(n, i -> crop.owns(x[i], y[i]) ? 1 : 0));
    double[] key = sort;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> key[i]))
            .mapToInt(i -> i)
            .toArray();
    return sources.select(order);
  }

  private static double[] map(int n, java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, n).mapToDouble(value).toArray();
  }

  private FitsCards exposureCards(Exposure exposure, Crop crop) {
    Section s = crop.section();
    Section u = crop.unique();
    return new FitsCards()
        .put("INSTRUME", exposure.profile().name(), "instrument profile")
        .put("PROJNAME", exposure.camera(), "camera")
        .put("OBJECT", exposure.object(), "field or target")
        .put("FILTER", exposure.filter(), "filter")
        .put("VISIT", visit.name(), "exposures that were reduced together")
        .put("RAWFILE", exposure.name(), "raw frame (of a coadd: the first)")
        .put("CROPID", crop.id(), "number of the crop")
        .put("CCDSEC", s.toLast(), "the crop in the light section")
        .put("UNIQSEC", u.toLast(), "part of the light section that only this crop owns")
        .put("GAIN", 1.0, "pixels are in electrons")
        .put("ORIGGAIN", exposure.gain(), "[electron/adu] of the raw frame")
        .put("READNOI", masters.readNoise(), "[electron]")
        .put("SATURVAL", exposure.saturation(), "[adu] of the raw frame")
        .put("BIAS_IM", name(masters.bias()), "master bias")
        .put("DARK_IM", name(masters.dark()), "master dark")
        .put("FLAT_IM", name(masters.flat()), "master flat")
        .putAll(context.provenance().cards());
  }

  private static String name(MasterFrame master) {
    return master == null ? null : master.name();
  }

  private static FitsCards imageCards(
      Extraction extraction,
      AstrometricSolution astrometry,
      Crop crop,
      double gain,
      double pixelScale) {
    double scale = astrometry == null ? pixelScale : astrometry.wcs().pixelScale();
    FitsCards cards =
        new FitsCards()
            .putAll(
                ImageCards.statistics(
                    ImageStatistics.of(
                        extraction.sources(),
                        List.of(extraction),
                        extraction.psf(),
                        crop.section().width(),
                        crop.section().height(),
                        gain)))
            .putAll(ImageCards.psf(extraction.psf(), scale));
    if (astrometry != null) {
      cards.put("AST_NSRC", astrometry.count(), "stars in the astrometric solution");
      cards.put("AST_ARMS", astrometry.rms(), "[arcsec] residual per axis");
      cards.putAll(astrometry.wcs().cards());
      cards.put("PIXSCALE", scale, "[arcsec/pix]");
    }
    return cards;
  }

  private static FitsCards zeroPointCards(ZeroPoint zeroPoint) {
    FitsCards cards = new FitsCards();
    if (zeroPoint != null) {
      cards.put("PH_ZP", zeroPoint.value(), "[mag] of 1 electron, at colour PH_MEDC");
      cards.put("PH_COL1", zeroPoint.colourTerm(), "colour term");
      cards.put("PH_MEDC", zeroPoint.meanColour(), "[mag] mean colour of the stars");
      cards.put("PH_RMS", zeroPoint.rms(), "[mag] robust scatter of the stars");
      cards.put("PH_NSRC", zeroPoint.stars(), "number of stars");
      cards.put("PH_CAT", zeroPoint.catalog(), "reference catalogue");
    }
    return cards;
  }

  /** Magnitude of a star at S/N 5 against the background alone; NaN without a zero point. */
  static double limitingMagnitude(Extraction extraction, double zeroPoint) {
    double noise = Math.sqrt(extraction.medianVariance() / extraction.psf().sumOfSquares());
    return zeroPoint - 2.5 * Math.log10(5 * noise);
  }

  private double meanJd(int[] epochs) {
    return Arrays.stream(epochs)
        .mapToDouble(e -> visit.exposures().get(e).midJd())
        .average()
        .orElse(Double.NaN);
  }

  private Exposure firstOf(int[] epochs) {
    return Arrays.stream(epochs)
        .mapToObj(visit.exposures()::get)
        .min(Comparator.comparingDouble(Exposure::midJd))
        .orElseThrow();
  }

  /** What DATE-OBS means unless its comment says otherwise (FITS Standard 4.0 §4.4.2.2). */
  private static String startOf(Exposure exposure) {
    return iso(exposure.midJd() - exposure.exposureTime() / 2 / 86400);
  }

  private static String iso(double jd) {
    return Double.isFinite(jd) ? Times.iso(jd) : null;
  }
}
