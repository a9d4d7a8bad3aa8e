package io.github.starlane.core.pipeline;

import io.github.starlane.core.frame.CropGrid;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.visit.Visit;
import java.util.List;

/**
 * Everything a visit gave.
 *
 * @param visit its exposures
 * @param grid its crops
 * @param faults per epoch why it was left out; null if it was not
 * @param epochs {@code [epoch][crop]}
 * @param coadds per crop
 * @param residuals pictures of what the sources of an epoch leave over
 */
record VisitResult(
    Visit visit,
    CropGrid grid,
    List<String> faults,
    CropEpoch[][] epochs,
    CropCoadd[] coadds,
    List<ReportData.ResidualPicture> residuals) {

  /** Whether any crop of any epoch was measured. */
  boolean hasProducts() {
    for (CropEpoch[] crops : epochs) {
      for (CropEpoch crop : crops) {
        if (crop.isGood()) {
          return true;
        }
      }
    }
    return false;
  }
}
