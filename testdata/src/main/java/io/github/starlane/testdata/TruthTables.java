package io.github.starlane.testdata;

import java.util.List;

/** The tables that say what was really there (the detections are in {@link DetectionTruth}). */
final class TruthTables {
  private TruthTables() {}

  /** Cards with the true parameters and, as that of an image, the WCS of the first exposure. */
  static void describe(FitsHeader cards, SimulationParameters p, TangentPlane wcs) {
    cards.integer("SEED", p.seed(), "of the simulation");
    cards.real("ZP", p.sky().zeroPoint(), "[mag] of 1 e-/s, full transparency");
    cards.real("COLTERM", p.sky().colourTerm(), "system mag = G + COLTERM*(BP-RP)");
    cards.real("SCALE", p.pointing().pixelScale(), "[arcsec/pix] at the centre");
    cards.real("EXPTIME", p.observation().exposure(), "[s]");
    cards.real("GAIN", p.detector().gain(), "[electron/adu]");
    cards.real("READNOI", p.detector().readNoise(), "[electron]");
    cards.text("LIGHTSEC", p.frame().lightSection(), "of the raw frame");
    cards.comment("WCS of the first exposure, pixels of the light area (X_LIGHT, Y_LIGHT)");
    cards.text("RADESYS", "ICRS", "");
    cards.text("CTYPE1", "RA---TPV", "").text("CTYPE2", "DEC--TPV", "");
    cards.text("CUNIT1", "deg", "").text("CUNIT2", "deg", "");
    cards.real("CRPIX1", wcs.reference().x() + 1, "").real("CRPIX2", wcs.reference().y() + 1, "");
    cards.real("CRVAL1", wcs.centre().ra(), "").real("CRVAL2", wcs.centre().dec(), "");
    for (int i = 0; i < 4; i++) {
      cards.real("CD" + (i / 2 + 1) + "_" + (i % 2 + 1), wcs.cd().get(i), "");
    }
    for (int axis = 1; axis <= 2; axis++) {
      for (int term = 0; term < TangentPlane.TERMS; term++) {
        cards.real("PV" + axis + "_" + term, wcs.pv(axis, term), "");
      }
    }
  }

  static FitsTable stars(List<Star> stars) {
    FitsTable table =
        new FitsTable("STARS")
            .column("ID", "K", "", "identifier")
            .column("RA", "D", "deg", "ICRS, at the time of the visit")
            .column("DEC", "D", "deg", "ICRS, at the time of the visit")
            .column("MAG", "D", "mag", "system magnitude (mean or uneclipsed)")
            .column("COLOUR", "D", "mag", "BP-RP")
            .column("PMRA", "E", "mas/yr", "times cos DEC")
            .column("PMDEC", "E", "mas/yr", "")
            .column("VARTYPE", "8A", "", "CONSTANT, SINUSOID or ECLIPSE")
            .column("AMPLITUDE", "E", "mag", "half range or depth")
            .column("PERIOD", "E", "s", "")
            .column("PHASE", "E", "", "at the start of the visit");
    FitsTable.Rows rows = new FitsTable.Rows();
    for (Star star : stars) {
      Variability v = star.variability();
      rows.k(star.id()).d(star.position().ra()).d(star.position().dec());
      rows.d(star.magnitude()).d(star.colour()).e(star.pmRa()).e(star.pmDec());
      rows.a(v.kind().name(), 8).e(v.amplitude()).e(v.period()).e(v.phase());
    }
    return table.add(rows);
  }

  static FitsTable epochs() {
    return new FitsTable("EPOCHS")
        .column("EPOCH", "J", "", "1-based, the COUNTER of the frame")
        .column("FILENAME", "96A", "", "raw frame")
        .column("JD", "D", "d", "start of the exposure (UTC)")
        .column("JD_MID", "D", "d", "middle of the exposure (UTC)")
        .column("TRANSP", "D", "", "transparency")
        .column("ZP", "D", "mag", "of 1 electron in this exposure")
        .column("FWHM", "D", "pix", "at the field centre")
        .column("SKY", "D", "electron/pix", "at the field centre")
        .column("N_COSMIC", "J", "", "cosmic-ray events")
        .column("CRVAL1", "D", "deg", "")
        .column("CRVAL2", "D", "deg", "")
        .column("CD1_1", "D", "deg/pix", "")
        .column("CD1_2", "D", "deg/pix", "")
        .column("CD2_1", "D", "deg/pix", "")
        .column("CD2_2", "D", "deg/pix", "");
  }

  static FitsTable.Rows epochRow(
      EpochScene scene, SimulationParameters p, String fileName, List<CosmicRays.Hit> hits) {
    EpochConditions c = scene.conditions();
    double jd = RawHeader.julianDate(c.start());
    FitsTable.Rows row = new FitsTable.Rows().j(c.epoch() + 1).a(fileName, 96);
    row.d(jd).d(jd + p.observation().exposure() / 2 / 86400).d(c.transparency());
    row.d(scene.zeroPoint()).d(p.psf().fwhm() * c.seeing()).d(scene.sky().level());
    row.j((int) hits.stream().mapToInt(CosmicRays.Hit::event).distinct().count());
    row.d(c.wcs().centre().ra()).d(c.wcs().centre().dec());
    c.wcs().cd().forEach(row::d);
    return row;
  }

  static FitsTable movers() {
    return new FitsTable("MOVERS")
        .column("ID", "K", "", "asteroid")
        .column("EPOCH", "J", "", "1-based, the COUNTER of the frame")
        .column("JD_MID", "D", "d", "middle of the exposure (UTC)")
        .column("RA", "D", "deg", "ICRS, at JD_MID")
        .column("DEC", "D", "deg", "ICRS, at JD_MID")
        .column("X", "D", "pix", "FITS column in the raw frame")
        .column("Y", "D", "pix", "FITS row in the raw frame")
        .column("X_LIGHT", "D", "pix", "FITS column in the light area")
        .column("Y_LIGHT", "D", "pix", "FITS row in the light area")
        .column("MAG", "D", "mag", "system magnitude")
        .column("FLUX", "D", "electron", "in the exposure, response 1")
        .column("RATE_RA", "D", "arcsec/min", "times cos DEC")
        .column("RATE_DEC", "D", "arcsec/min", "");
  }

  static FitsTable.Rows moverRows(EpochScene scene, SimulationParameters p, StarField field) {
    EpochConditions c = scene.conditions();
    TangentPlane nominal = VisitPlan.nominalWcs(p);
    double jdMid = RawHeader.julianDate(c.start()) + p.observation().exposure() / 2 / 86400;
    FitsTable.Rows rows = new FitsTable.Rows();
    for (Mover mover : field.movers()) {
      SkyPoint now = mover.at(c.midTime(), nominal);
      SkyPoint later = mover.at(c.midTime() + 60, nominal);
      PixelPoint pixel = c.wcs().toPixel(now);
      double dRa = Math.IEEEremainder(later.ra() - now.ra(), 360);
      rows.k(mover.id()).j(c.epoch() + 1).d(jdMid).d(now.ra()).d(now.dec());
      rows.d(pixel.rawX()).d(pixel.rawY(p.frame())).d(pixel.x() + 1).d(pixel.y() + 1);
      rows.d(mover.magnitude()).d(scene.electrons(mover.magnitude()));
      rows.d(3600 * dRa * Math.cos(Math.toRadians(now.dec()))).d(3600 * (later.dec() - now.dec()));
    }
    return rows;
  }

  static FitsTable cosmicRays() {
    return new FitsTable("COSMIC_RAYS")
        .column("EPOCH", "J", "", "1-based, the COUNTER of the frame")
        .column("EVENT", "J", "", "number in the frame")
        .column("X", "J", "pix", "FITS column in the raw frame")
        .column("Y", "J", "pix", "FITS row in the raw frame")
        .column("ELECTRONS", "E", "electron", "mean charge");
  }

  static FitsTable.Rows cosmicRows(int epoch, List<CosmicRays.Hit> hits, FrameGeometry frame) {
    FitsTable.Rows rows = new FitsTable.Rows();
    for (CosmicRays.Hit hit : hits) {
      rows.j(epoch + 1).j(hit.event()).j(hit.x() + 1).j(hit.y() + 1 + frame.unexposedRows());
      rows.e(hit.electrons());
    }
    return rows;
  }

  static FitsTable streaks(List<Streak> streaks, FrameGeometry frame) {
    FitsTable table =
        new FitsTable("STREAKS")
            .column("EPOCH", "J", "", "1-based, the COUNTER of the frame")
            .column("X1", "D", "pix", "FITS column in the raw frame")
            .column("Y1", "D", "pix", "FITS row in the raw frame")
            .column("X2", "D", "pix", "other end")
            .column("Y2", "D", "pix", "other end")
            .column("FLUX", "D", "electron/pix", "per pixel of length, response 1")
            .column("FWHM", "D", "pix", "of the Gaussian cross-section");
    FitsTable.Rows rows = new FitsTable.Rows();
    for (Streak streak : streaks) {
      double up = 1 + frame.unexposedRows();
      rows.j(streak.epoch() + 1).d(streak.x1() + 1).d(streak.y1() + up);
      rows.d(streak.x2() + 1).d(streak.y2() + up).d(streak.flux()).d(streak.fwhm());
    }
    return table.add(rows);
  }

  static FitsTable hotPixels(DetectorModel chip, FrameGeometry frame) {
    FitsTable table =
        new FitsTable("HOT_PIXELS")
            .column("X", "J", "pix", "FITS column in the raw frame")
            .column("Y", "J", "pix", "FITS row in the raw frame")
            .column("RATE", "E", "electron/s", "dark current");
    FitsTable.Rows rows = new FitsTable.Rows();
    chip.hotPixels()
        .forEach(h -> rows.j(h.x() + 1).j(h.y() + 1 + frame.unexposedRows()).e(h.rate()));
    return table.add(rows);
  }

  static FitsTable deadColumns(DetectorModel chip, FrameGeometry frame) {
    FitsTable table =
        new FitsTable("DEAD_COLUMNS")
            .column("X", "J", "pix", "FITS column in the raw frame")
            .column("Y1", "J", "pix", "first FITS row in the raw frame")
            .column("Y2", "J", "pix", "last FITS row in the raw frame")
            .column("RESPONSE", "E", "", "factor on the response");
    FitsTable.Rows rows = new FitsTable.Rows();
    for (DetectorModel.DeadColumn dead : chip.deadColumns()) {
      rows.j(dead.x() + 1).j(dead.firstRow() + 1 + frame.unexposedRows());
      rows.j(frame.rawHeight()).e(dead.response());
    }
    return table.add(rows);
  }
}
