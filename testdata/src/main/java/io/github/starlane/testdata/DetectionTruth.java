package io.github.starlane.testdata;

import java.util.List;

/** Works out the truth about each star that can be detected in an exposure. */
final class DetectionTruth {
  /** Stars of a lower predicted S/N are left out. */
  static final double MIN_SN = 3;

  private static final int CHUNK = 2048;
  private static final double NEIGHBOUR_FRACTION = 0.1;

  private final SimulationParameters parameters;
  private final DetectorModel chip;
  private final StarField field;

  DetectionTruth(SimulationParameters parameters, DetectorModel chip, StarField field) {
    this.parameters = parameters;
    this.chip = chip;
    this.field = field;
  }

  /** The empty table with its columns. */
  static FitsTable table() {
    return new FitsTable("DETECTIONS")
        .column("ID", "K", "", "star, see stars.fits")
        .column("EPOCH", "J", "", "1-based, the COUNTER of the frame")
        .column("X", "D", "pix", "FITS column in the raw frame")
        .column("Y", "D", "pix", "FITS row in the raw frame")
        .column("X_LIGHT", "D", "pix", "FITS column in the light area")
        .column("Y_LIGHT", "D", "pix", "FITS row in the light area")
        .column("MAG", "D", "mag", "true magnitude in this exposure")
        .column("FLUX", "D", "electron", "in the exposure, response 1")
        .column("BACK", "E", "electron/pix", "sky, response 1")
        .column("RESPONSE", "E", "", "smooth response at the star")
        .column("FWHM", "E", "pix", "of the PSF at the star")
        .column("FLUX_CRB", "E", "electron", "Cramer-Rao bound of FLUX")
        .column("X_CRB", "E", "pix", "Cramer-Rao bound of X")
        .column("Y_CRB", "E", "pix", "Cramer-Rao bound of Y")
        .column("NEIGHBOUR", "E", "pix", "nearest star of >10 % flux; 64: none")
        .column("SATURATED", "L", "", "expected peak reaches SATURVAL");
  }

  /** The rows of one exposure, ordered by star. */
  List<FitsTable.Rows> rows(EpochScene scene, Workers workers) {
    NeighbourGrid neighbours = scene.neighbours();
    int count = field.stars().size();
    return workers.map(
        (count + CHUNK - 1) / CHUNK,
        chunk -> {
          FitsTable.Rows rows = new FitsTable.Rows();
          for (int i = chunk * CHUNK; i < Math.min(count, (chunk + 1) * CHUNK); i++) {
            if (inLight(scene.x(i), scene.y(i)) && worthAFit(scene, i)) {
              addRow(rows, scene, i, neighbours);
            }
          }
          return rows;
        });
  }

  private boolean inLight(double x, double y) {
    FrameGeometry frame = parameters.frame();
    return x >= -0.5 && y >= -0.5 && x < frame.lightWidth() - 0.5 && y < frame.lightHeight() - 0.5;
  }

  /** A cheap and generous guess at the S/N that spares the faint majority the Fisher matrix. */
  private boolean worthAFit(EpochScene scene, int star) {
    double fwhm = parameters.psf().fwhm() * scene.conditions().seeing();
    double leastArea = 0.9 * fwhm * fwhm;
    double leastVariance = scene.flux(star) + leastArea * 0.5 * scene.sky().level();
    return scene.flux(star) > MIN_SN * Math.sqrt(leastVariance);
  }

  private void addRow(FitsTable.Rows rows, EpochScene scene, int i, NeighbourGrid neighbours) {
    PixelPoint at = new PixelPoint(scene.x(i), scene.y(i));
    double flux = scene.flux(i);
    PointSpreadFunction psf = scene.psfs().at(at.x(), at.y());
    CramerRaoBound.Noise noise = noise(scene, at);
    CramerRaoBound bound = CramerRaoBound.of(psf, flux, at.x(), at.y(), noise);
    if (flux < MIN_SN * bound.flux()) {
      return;
    }
    Star star = field.stars().get(i);
    rows.k(star.id()).j(scene.conditions().epoch() + 1);
    rows.d(at.rawX()).d(at.rawY(parameters.frame())).d(at.x() + 1).d(at.y() + 1);
    rows.d(star.magnitudeAt(scene.conditions().midTime())).d(flux).e(noise.sky());
    rows.e(noise.response()).e(psf.fwhm());
    rows.e(bound.flux()).e(bound.x()).e(bound.y());
    rows.e(neighbours.nearest(i, NEIGHBOUR_FRACTION * flux));
    rows.l(saturated(psf, flux, at, noise));
  }

  private CramerRaoBound.Noise noise(EpochScene scene, PixelPoint at) {
    double dark = chip.typicalDarkRate(at.x(), at.y()) * parameters.observation().exposure();
    double readNoise = parameters.detector().readNoise();
    return new CramerRaoBound.Noise(
        scene.sky().at(at.x(), at.y()),
        dark + readNoise * readNoise,
        chip.flat().at(at.x(), at.y()));
  }

  private boolean saturated(
      PointSpreadFunction psf, double flux, PixelPoint at, CramerRaoBound.Noise noise) {
    double peak = psf.pixel(Math.rint(at.x()) - at.x(), Math.rint(at.y()) - at.y());
    double electrons = (flux * peak + noise.sky()) * noise.response();
    DetectorParameters detector = parameters.detector();
    return electrons / detector.gain() + detector.bias() >= detector.saturation();
  }
}
