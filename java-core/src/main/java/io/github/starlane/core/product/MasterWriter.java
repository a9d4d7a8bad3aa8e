package io.github.starlane.core.product;

import io.github.starlane.core.calibration.MasterFrame;
import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.core.frame.MaskBit;
import java.nio.file.Path;

/** Writes a master frame: image and mask. The header says what the image still contains. */
public final class MasterWriter {

  private MasterWriter() {}

  /** Writes a master. */
  public static void write(Path path, MasterFrame master, Provenance provenance) {
    boolean dark = master.kind() == MasterFrame.Kind.DARK;
    boolean flat = master.kind() == MasterFrame.Kind.FLAT;
    FitsCards cards =
        new FitsCards()
            .put("IMAGETYP", "MASTER " + master.kind().name(), "kind of master")
            .put("BUNIT", flat ? "" : "adu", "unit of the pixels")
            .put("NCOMBINE", master.used(), "number of frames combined")
            .put("NREJECT", master.rejected().size(), "number of frames left out")
            .put("EXPTIME", dark ? master.exposureTime() : null, "[s] exposure time of the darks")
            .put(
                "BIASSUB",
                dark ? !master.containsBias() : null,
                "whether the bias has been subtracted")
            .put("OVSCSUB", master.overscanSubtracted(), "whether the overscan has been subtracted")
            .put("NORMALIZ", flat ? Boolean.TRUE : null, "divided by its median")
            .put("MEDIAN", master.median(), "median of the pixels")
            .put("RDNOISE", master.readNoise(), "[adu] read noise from the scatter of the frames")
            .putAll(provenance.cards());
    master.notes().forEach(cards::history);
    new FitsWriter()
        .image("IMAGE", master.pixels(), master.width(), master.height(), cards)
        .image("MASK", master.mask(), master.width(), master.height(), MaskBit.cards())
        .write(path);
  }
}
