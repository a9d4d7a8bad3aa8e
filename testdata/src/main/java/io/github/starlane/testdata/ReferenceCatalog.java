package io.github.starlane.testdata;

/**
 * What a survey like Gaia would list of the field: positions at an earlier epoch with errors,
 * magnitudes in three bands, proper motions and parallaxes.
 */
final class ReferenceCatalog {
  /** Epoch of the positions [yr]. */
  static final double EPOCH = 2016.0;

  private static final double MAS_PER_DEGREE = 3.6e6;

  private ReferenceCatalog() {}

  static FitsTable table(SimulationParameters p, StarField field) {
    FitsTable table = new FitsTable("REFERENCE");
    table.column("SOURCE_ID", "K", "", "identifier");
    table.column("RA", "D", "deg", "ICRS, at EPOCH").column("DEC", "D", "deg", "ICRS, at EPOCH");
    table.column("RA_ERR", "E", "mas", "of RA cos DEC").column("DEC_ERR", "E", "mas", "");
    table.column("PMRA", "E", "mas/yr", "times cos DEC").column("PMDEC", "E", "mas/yr", "");
    table.column("PMRA_ERR", "E", "mas/yr", "").column("PMDEC_ERR", "E", "mas/yr", "");
    table.column("PLX", "E", "mas", "parallax").column("PLX_ERR", "E", "mas", "");
    for (String band : new String[] {"G", "BP", "RP"}) {
      table.column("MAG_" + band, "E", "mag", "AB");
      table.column("MAG_" + band + "_ERR", "E", "mag", "");
    }
    table.cards().real("EPOCH", EPOCH, "[yr] epoch of the positions");
    table.cards().text("RADESYS", "ICRS", "");
    table.cards().text("CATALOG", "simulated", "simulated, in the style of Gaia DR3");
    double years = years(p);
    FitsTable.Rows rows = new FitsTable.Rows();
    for (Star star : field.stars()) {
      double g = star.magnitude() - p.sky().colourTerm() * star.colour();
      if (g <= p.stars().catalogueLimit()) {
        addRow(rows, star, g, years, Purpose.CATALOGUE.open(p.seed(), star.id()));
      }
    }
    return table.add(rows);
  }

  /** From the catalogue's epoch to the visit. */
  static double years(SimulationParameters p) {
    double julianEpoch = 2000 + (RawHeader.julianDate(p.observation().start()) - 2451545) / 365.25;
    return julianEpoch - EPOCH;
  }

  private static void addRow(
      FitsTable.Rows rows, Star star, double g, double years, CounterRandom random) {
    double error = positionError(g);
    double pmError = 0.8 * error;
    double cosDec = Math.cos(Math.toRadians(star.position().dec()));
    double dRa = -star.pmRa() * years + error * random.nextGaussian();
    double dDec = -star.pmDec() * years + error * random.nextGaussian();
    rows.k(4_000_000_000_000L + star.id());
    rows.d(star.position().ra() + dRa / MAS_PER_DEGREE / cosDec);
    rows.d(star.position().dec() + dDec / MAS_PER_DEGREE);
    rows.e(error).e(error);
    rows.e(star.pmRa() + pmError * random.nextGaussian());
    rows.e(star.pmDec() + pmError * random.nextGaussian());
    rows.e(pmError).e(pmError);
    rows.e(star.parallax() + 1.1 * error * random.nextGaussian()).e(1.1 * error);
    double bp = g + bpMinusG(star.colour());
    addMagnitude(rows, g, 0.0003, random);
    addMagnitude(rows, bp, 0.003, random);
    addMagnitude(rows, bp - star.colour(), 0.003, random);
  }

  /** A colour-colour relation near that of Gaia's main sequence. */
  static double bpMinusG(double colour) {
    return 0.3 * colour + 0.08 * colour * colour;
  }

  /**
   * About the errors of Gaia DR3 (Lindegren et al. 2021, table 4): 0.02 mas, 0.5 at G = 20 [mas].
   */
  private static double positionError(double g) {
    return Math.hypot(0.02, 0.5 * Math.pow(10, 0.3 * (g - 20)));
  }

  private static void addMagnitude(
      FitsTable.Rows rows, double magnitude, double floor, CounterRandom random) {
    double error = Math.hypot(floor, 10 * floor * Math.pow(10, 0.4 * (magnitude - 20)));
    rows.e(magnitude + error * random.nextGaussian()).e(error);
  }
}
