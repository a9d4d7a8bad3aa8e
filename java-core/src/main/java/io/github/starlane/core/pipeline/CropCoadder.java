package io.github.starlane.core.pipeline;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.astrometry.solve.PolynomialMap;
import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.calibration.FrameCalibrator;
import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.report.Thumbnail;
import io.github.starlane.core.source.Extraction;
import io.github.starlane.core.source.SourceExtractor;
import io.github.starlane.core.source.SourceImage;
import io.github.starlane.core.visit.Coadd;
import io.github.starlane.core.visit.Coadder;
import io.github.starlane.core.visit.LightCurves;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The coadd of one crop: which epochs go in with what scale and weight, the coadd itself, and the
 * sources on it.
 */
final class CropCoadder {
  private static final int THUMBNAIL_SIZE = 360;

  private final VisitReduction.Context context;
  private final FrameCalibrator calibrator;
  private final SourceExtractor extractor;
  private final Coadder coadder;

  CropCoadder(
      VisitReduction.Context context, FrameCalibrator calibrator, SourceExtractor extractor) {
    this.context = context;
    this.calibrator = calibrator;
    this.extractor = extractor;
    this.coadder = new Coadder(context.backend(), context.config().visit());
  }

  /**
   * One epoch of the crop.
   *
   * @param label for messages
   * @param raw open frame; null if it could not be used
   * @param overscan level [ADU]
   * @param crop the crop
   * @param epoch what was found in it
   */
  record Frame(String label, RawFrame raw, double overscan, Crop crop, CropEpoch epoch) {}

  /** The epochs that can be coadded. */
  List<Coadder.Epoch> parts(List<Frame> frames, CropCoadd crop) {
    List<Coadder.Epoch> parts = new ArrayList<>();
    boolean anyScale =
        crop.lightCurves != null
            && Arrays.stream(crop.lightCurves.zeroPoint()).anyMatch(Double::isFinite);
    if (!anyScale && !frames.isEmpty()) {
      context
          .log()
          .warn(
              "crop " + frames.get(0).crop().id() + " has too few stars to compare its epochs by",
              "they are coadded unscaled");
    }
    for (int e = 0; e < frames.size(); e++) {
      if (frames.get(e).epoch().isGood() && crop.registration.has(e)) {
        parts.add(part(e, frames.get(e), crop, anyScale));
      }
    }
    return parts;
  }

  private Coadder.Epoch part(int e, Frame frame, CropCoadd crop, boolean othersHaveScale) {
    LightCurves curves = crop.lightCurves;
    boolean scaled = Double.isFinite(curves.zeroPoint()[e]);
    if (!scaled && othersHaveScale) {
      context
          .log()
          .warn(
              frame.label() + " has no zero point relative to the others",
              "it is coadded unscaled");
    }
    double scale = scaled ? curves.scale(e) : 1;
    Extraction x = frame.epoch().extraction;
    double weight = 1 / (scale * scale * x.medianVariance() * x.psf().fwhm() * x.psf().fwhm());
    PolynomialMap toReference = crop.registration.toReference().get(e).orElseThrow().map();
    PolynomialMap fromReference =
        toReference.inverse(frame.crop().section().width(), frame.crop().section().height());
    return new Coadder.Epoch(
        e, frame.raw(), frame.overscan(), calibrator, x.background(), fromReference, scale, weight);
  }

  /** Coadds the epochs and draws the thumbnail. */
  void coadd(Crop crop, List<Coadder.Epoch> parts, CropCoadd result) {
    Coadd coadd = coadder.coadd(crop, parts);
    result.coadd = coadd;
    result.thumbnail = Thumbnail.png(coadd.image(), coadd.width(), coadd.height(), THUMBNAIL_SIZE);
  }

  /** Finds and measures the sources of the coadd. */
  void measure(CropCoadd result) {
    try (CalibratedFrame frame = asFrame(result.coadd);
        Plane noise = relativeVariance(result.coadd)) {
      result.extraction =
          extractor.extract(SourceImage.coadd(frame, result.coadd.effectiveGain(), noise));
    }
  }

  /** Fewer epochs, more noise: the usual number of epochs over that of each pixel. */
  private Plane relativeVariance(Coadd coadd) {
    float usual = (float) Math.max(1, Statistics.median(coadd.count()));
    float[] relative = new float[coadd.count().length];
    for (int i = 0; i < relative.length; i++) {
      relative[i] = usual / Math.max(0.5f, coadd.count()[i]);
    }
    return context.backend().fromHost(relative, coadd.width(), coadd.height());
  }

  private CalibratedFrame asFrame(Coadd coadd) {
    Backend backend = context.backend();
    Plane image = backend.fromHost(coadd.image().clone(), coadd.width(), coadd.height());
    Plane variance = backend.fromHost(coadd.variance().clone(), coadd.width(), coadd.height());
    MaskPlane mask = backend.fromHost(coadd.mask().clone(), coadd.width(), coadd.height());
    return new CalibratedFrame(image, variance, mask);
  }
}
