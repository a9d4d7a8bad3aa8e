package io.github.starlane.core.pipeline;

import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.calibration.FrameCalibrator;
import io.github.starlane.core.calibration.RawFrame;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.CropGrid;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.source.SourceExtractor;
import io.github.starlane.core.source.SourceImage;
import io.github.starlane.core.visit.Visit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Finds the sources of a visit's epochs: stars for the PSF in every crop, one PSF for the whole
 * camera so that crops have no seams, sources in every crop. The crops are read and calibrated
 * twice, which is cheaper than keeping them.
 */
final class EpochExtraction {
  private final Visit visit;
  private final CropGrid grid;
  private final VisitReduction.Context context;
  private final FrameCalibrator calibrator;
  private final SourceExtractor extractor;
  private final UnitRunner units;
  private final Epoch[] epochs;
  private final ResidualGallery gallery;

  /** An epoch on its way. */
  private static final class Epoch {
    RawFrame raw;
    double overscan;
    CropEpoch[] crops;
    SourceExtractor.Preparation[] parts;
    Psf psf;
  }

  EpochExtraction(
      Visit visit,
      CropGrid grid,
      VisitReduction.Context context,
      FrameCalibrator calibrator,
      SourceExtractor extractor,
      UnitRunner units) {
    this.visit = visit;
    this.grid = grid;
    this.context = context;
    this.calibrator = calibrator;
    this.extractor = extractor;
    this.units = units;
    this.epochs = new Epoch[visit.exposures().size()];
    this.gallery = new ResidualGallery(context.backend(), grid);
  }

  /**
   * Takes an epoch; those that are not taken are passed over.
   *
   * @param overscan level [ADU]
   * @param crops receive what is found
   */
  void use(int e, RawFrame raw, double overscan, CropEpoch[] crops) {
    epochs[e] = new Epoch();
    epochs[e].raw = raw;
    epochs[e].overscan = overscan;
    epochs[e].crops = crops;
    epochs[e].parts = new SourceExtractor.Preparation[crops.length];
    gallery.offer(e);
  }

  /** Background and PSF stars of a crop. */
  void prepare(int e, int c) {
    Epoch epoch = epochs[e];
    if (epoch == null) {
      return;
    }
    Section s = grid.crops().get(c).section();
    try (CalibratedFrame frame = calibrator.calibrate(epoch.raw, epoch.overscan, s)) {
      epoch.parts[c] = extractor.prepare(SourceImage.exposure(frame), s.x(), s.y());
    } catch (RuntimeException ex) {
      epoch.crops[c].failure = units.failure(label(e, c), ex);
    }
  }

  /** The PSF of an epoch, from all crops that could be prepared. */
  void buildPsf(int e) {
    Epoch epoch = epochs[e];
    List<SourceExtractor.Preparation> known =
        epoch == null ? List.of() : Arrays.stream(epoch.parts).filter(Objects::nonNull).toList();
    if (!known.isEmpty()) {
      epoch.psf =
          extractor.buildPsf(
              known,
              grid.width(),
              grid.height(),
              1,
              remark -> context.log().warn(visit.exposures().get(e).name() + ": " + remark, null));
    }
  }

  /** Sources of a crop. */
  void extract(int e, int c) {
    Epoch epoch = epochs[e];
    if (epoch == null || epoch.psf == null || epoch.parts[c] == null) {
      return;
    }
    CropEpoch result = epoch.crops[c];
    Section s = grid.crops().get(c).section();
    try (CalibratedFrame frame = calibrator.calibrate(epoch.raw, epoch.overscan, s)) {
      Psf psf = epoch.psf.at(s.x(), s.y(), s.width(), s.height());
      result.extraction =
          extractor.extract(
              SourceImage.exposure(frame), epoch.parts[c], psf, gallery.keeper(e, c, frame));
      gallery.draw(e, c, result.extraction.sources());
      result.extraction.remarks().forEach(r -> context.log().warn(label(e, c) + ": " + r, null));
    } catch (RuntimeException ex) {
      result.failure = units.failure(label(e, c), ex);
    } finally {
      epoch.parts[c] = null;
    }
  }

  /** What the sources leave over, for a look at it. */
  List<ReportData.ResidualPicture> pictures() {
    return gallery.pictures();
  }

  private String label(int e, int c) {
    return visit.exposures().get(e).name() + " crop " + grid.crops().get(c).id();
  }
}
