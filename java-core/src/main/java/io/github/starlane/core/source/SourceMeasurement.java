package io.github.starlane.core.source;

import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.aperture.ApertureParameters;
import io.github.starlane.kernels.aperture.ApertureResult;
import io.github.starlane.kernels.psffit.PsfFitResult;
import java.util.Arrays;

/** Turns fits into a source table: apertures, moments, background and flags at every source. */
final class SourceMeasurement {
  private static final SourceColumn[] FLUX = {
    SourceColumn.FLUX_APERTURE_1,
    SourceColumn.FLUX_APERTURE_2,
    SourceColumn.FLUX_APERTURE_3,
    SourceColumn.FLUX_APERTURE_4
  };
  private static final SourceColumn[] FLUX_ERROR = {
    SourceColumn.FLUX_APERTURE_ERROR_1,
    SourceColumn.FLUX_APERTURE_ERROR_2,
    SourceColumn.FLUX_APERTURE_ERROR_3,
    SourceColumn.FLUX_APERTURE_ERROR_4
  };
  private static final int FLAG_RADIUS = 3;
  private static final double SHARPER = 4;
  private static final double PSF_TOLERANCE = 0.25;

  private final Backend backend;
  private final SourceSettings settings;

  SourceMeasurement(Backend backend, SourceSettings settings) {
    this.backend = backend;
    this.settings = settings;
  }

  SourceTable measure(
      SourceImage image,
      SkyModel sky,
      SourceFinder.Found result,
      Residual residual,
      Psf psf,
      BroadenedPsf broadened) {
    SourceList found = result.sources();
    double[] x = found.x();
    double[] y = found.y();
    SourceTable table = new SourceTable(found.count());
    table.set(SourceColumn.X_PEAK, found.peakX()).set(SourceColumn.Y_PEAK, found.peakY());
    table
        .set(SourceColumn.SN_DELTA, found.deltaSignalToNoise())
        .set(SourceColumn.SN_PSF, found.psfSignalToNoise())
        .set(SourceColumn.SN_BROAD, found.broadSignalToNoise());
    table
        .set(SourceColumn.ITERATION, found.rounds())
        .set(SourceColumn.FORCED, new double[table.count()]);
    addFit(table, result.fit());
    addApertures(table, image.frame(), x, y, psf);
    addBackground(table, image.frame().image(), sky, x, y);
    addPeak(table, sky, found);
    new ShapeMeasurement(image.gain(), psf).add(table);
    new Blends(settings.groupRadius() * psf.fwhm()).add(table);
    SpreadMeasurement.add(table, residual, broadened);
    new ApertureCorrection(image.width(), image.height()).add(table);
    return table;
  }

  private static void addFit(SourceTable table, PsfFitResult fit) {
    int n = table.count();
    table.set(SourceColumn.X, fit.x()).set(SourceColumn.Y, fit.y());
    table.set(SourceColumn.X_ERROR, fit.xError()).set(SourceColumn.Y_ERROR, fit.yError());
    table.set(SourceColumn.FLUX_PSF, fit.flux()).set(SourceColumn.FLUX_PSF_ERROR, fit.fluxError());
    double[] signalToNoise = new double[n];
    double[] chi = new double[n];
    double[] flags = new double[n];
    for (int i = 0; i < n; i++) {
      signalToNoise[i] = fit.flux()[i] / fit.fluxError()[i];
      chi[i] = fit.chiSquare()[i] / Math.max(1, fit.degreesOfFreedom()[i]);
      flags[i] = fit.flags()[i];
    }
    table
        .set(SourceColumn.SN, signalToNoise)
        .set(SourceColumn.PSF_CHI2DOF, chi)
        .set(SourceColumn.PSF_FLAGS, flags);
  }

  /** How apertures, annulus and moments are measured. */
  ApertureParameters apertures(Psf psf) {
    double[] radii =
        settings.apertures().stream().mapToDouble(Double::doubleValue).limit(FLUX.length).toArray();
    double sigma = psf.fwhm() / 2.3548;
    return new ApertureParameters(
        radii,
        settings.annulusInner(),
        settings.annulusOuter(),
        ApertureParameters.Level.MEDIAN,
        sigma,
        Math.ceil(4 * sigma),
        FLAG_RADIUS,
        MaskBit.bad());
  }

  private void addApertures(
      SourceTable table, CalibratedFrame frame, double[] x, double[] y, Psf psf) {
    ApertureParameters parameters = apertures(psf);
    ApertureResult a =
        backend.aperture().measure(frame.image(), frame.variance(), frame.mask(), x, y, parameters);
    for (int r = 0; r < parameters.radii().length; r++) {
      table.set(FLUX[r], a.flux()[r]).set(FLUX_ERROR[r], a.fluxError()[r]);
    }
    table.set(SourceColumn.ANNULUS_BACKGROUND, a.annulusBackground());
    table.set(SourceColumn.ANNULUS_DEVIATION, a.annulusDeviation());
    table.set(SourceColumn.X1, a.x1()).set(SourceColumn.Y1, a.y1());
    table.set(SourceColumn.X2, a.x2()).set(SourceColumn.Y2, a.y2()).set(SourceColumn.XY, a.xy());
    table.set(SourceColumn.FLAGS, flags(a.flags(), table, psf));
  }

  /**
   * Mask bits, and the verdict of the test "delta function against PSF".
   *
   * <p>A star on the middle of a pixel has S/N_delta = k · S/N_psf with k = P(0) / √ΣP², anywhere
   * else less, and the noise of S/N_delta − k · S/N_psf is √(1 − k²). What is sharper than that by
   * {@value #SHARPER} σ, and by more than the PSF may be wrong, is no star.
   */
  private static double[] flags(int[] maskBits, SourceTable table, Psf psf) {
    double[] delta = table.get(SourceColumn.SN_DELTA);
    double[] star = table.get(SourceColumn.SN_PSF);
    double k = Math.min(0.99, psf.peak() / Math.sqrt(psf.sumOfSquares()));
    double noise = Math.sqrt(1 - k * k);
    return Arrays.stream(indices(maskBits.length))
        .mapToDouble(
            i -> {
              double excess = delta[i] - k * star[i];
              boolean sharper = excess > SHARPER * noise && excess > PSF_TOLERANCE * k * star[i];
              return maskBits[i] | (sharper ? MaskBit.COSMIC_RAY_DELTA.bit() : 0);
            })
        .toArray();
  }

  private static int[] indices(int n) {
    int[] indices = new int[n];
    for (int i = 0; i < n; i++) {
      indices[i] = i;
    }
    return indices;
  }

  private void addBackground(SourceTable table, Plane image, SkyModel sky, double[] x, double[] y) {
    int[] column = nearestPixels(x, image.width());
    int[] row = nearestPixels(y, image.height());
    float[] pixels = backend.arithmetic().sample(image, column, row);
    float[] subtracted = backend.arithmetic().sample(sky.sky(), column, row);
    float[] variances = backend.arithmetic().sample(sky.variance(), column, row);
    double[] level = new double[x.length];
    double[] variance = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      level[i] = pixels[i] - subtracted[i];
      variance[i] = variances[i];
    }
    table.set(SourceColumn.BACKGROUND, level).set(SourceColumn.VARIANCE, variance);
  }

  private void addPeak(SourceTable table, SkyModel sky, SourceList found) {
    float[] peaks =
        backend
            .arithmetic()
            .sample(
                sky.sky(),
                nearestPixels(found.peakX(), sky.sky().width()),
                nearestPixels(found.peakY(), sky.sky().height()));
    double[] values = new double[peaks.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = peaks[i];
    }
    table.set(SourceColumn.FLUX_PEAK, values);
  }

  private static int[] nearestPixels(double[] positions, int length) {
    return Arrays.stream(positions)
        .mapToInt(position -> Math.clamp(Math.round(position), 0, length - 1))
        .toArray();
  }
}
