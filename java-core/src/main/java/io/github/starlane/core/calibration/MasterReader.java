package io.github.starlane.core.calibration;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.fits.FitsFile;
import io.github.starlane.core.fits.FitsHdu;
import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.calibrate.CalibrateParameters;
import io.github.starlane.kernels.calibrate.CalibrationFrames;
import io.github.starlane.kernels.calibrate.RawPixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a finished master, ours or another program's. */
public final class MasterReader {
  private final Backend backend;

  /** A reader. */
  public MasterReader(Backend backend) {
    this.backend = backend;
  }

  /**
   * Reads a master for frames like the one given.
   *
   * @param path FITS file: image of the size of the light section or of the whole raw frame;
   *     optionally an HDU named MASK
   * @param like one of the frames that will be calibrated with it
   * @throws StarlaneException (exit code 4) if the size fits neither, (3) if the file cannot be
   *     read
   */
  public MasterFrame read(Path path, MasterFrame.Kind kind, Exposure like) {
    try (FitsFile file = FitsFile.open(path)) {
      FitsHdu hdu = file.firstImage().orElseThrow(() -> unusable(path, "it holds no image"));
      FitsHeader header = hdu.header().over(file.hdus().get(0).header());
      Section light = lightSection(path, hdu, like);
      float[] pixels = pixels(file, hdu, light);
      int[] mask = mask(file, hdu, light);
      return describe(path, kind, header, light, pixels, mask);
    }
  }

  private static Section lightSection(Path path, FitsHdu hdu, Exposure like) {
    if (hdu.width() == like.light().width() && hdu.height() == like.light().height()) {
      return new Section(0, 0, hdu.width(), hdu.height());
    } else if (hdu.width() == like.width() && hdu.height() == like.height()) {
      return like.light();
    }
    throw unusable(
        path,
        String.format(
            Locale.ROOT,
            "its size %d x %d fits neither the frames (%d x %d) nor their light section (%d x %d)",
            hdu.width(),
            hdu.height(),
            like.width(),
            like.height(),
            like.light().width(),
            like.light().height()));
  }

  private static StarlaneException unusable(Path path, String why) {
    return new StarlaneException(
        ExitCode.CALIBRATION_MISSING,
        "cannot use the master frame",
        path.toString(),
        why,
        "give a master of this camera and read-out mode");
  }

  private float[] pixels(FitsFile file, FitsHdu hdu, Section light) {
    RawPixels all = file.pixels(hdu);
    RawPixels region = all.region(light.x(), light.y(), light.width(), light.height());
    try (Plane image = backend.allocate(light.width(), light.height())) {
      CalibrateParameters asStored = CalibrateParameters.scaling(1, 0);
      backend.calibrate().calibrate(region, CalibrationFrames.NONE, asStored, image, null, null);
      return backend.toHost(image).clone();
    }
  }

  /** The HDU named MASK if it holds integers of the image's size, else no bits. */
  private static int[] mask(FitsFile file, FitsHdu image, Section light) {
    int[] mask = new int[light.width() * light.height()];
    Optional<FitsHdu> hdu =
        file.hdus().stream()
            .filter(h -> h.header().string("EXTNAME").filter("MASK"::equalsIgnoreCase).isPresent())
            .filter(h -> h.isPlainImage() || h.isCompressedImage())
            .filter(h -> h.width() == image.width() && h.height() == image.height())
            .findFirst();
    if (hdu.isPresent()) {
      RawPixels bits = file.pixels(hdu.get());
      for (int y = 0; y < light.height(); y++) {
        for (int x = 0; x < light.width(); x++) {
          double value = bits.value(light.x() + x, light.y() + y);
          // Through double, as a float cannot hold 31 bits; not a number gives 0.
          mask[y * light.width() + x] = (int) (long) value;
        }
      }
    }
    return mask;
  }

  private static MasterFrame describe(
      Path path,
      MasterFrame.Kind kind,
      FitsHeader header,
      Section light,
      float[] pixels,
      int[] mask) {
    List<String> notes = new ArrayList<>();
    double median = MasterBuilder.sampledMedian(pixels);
    if (!Double.isFinite(median)) {
      throw unusable(path, "none of its pixels has a value");
    }
    boolean containsBias = false;
    if (kind == MasterFrame.Kind.DARK) {
      containsBias = !saysBiasSubtracted(header);
      notes.add(
          containsBias
              ? path.getFileName()
                  + ": the bias is taken to be still in this dark, for its header does not say otherwise"
              : path.getFileName() + ": its header says that the bias is subtracted");
    } else if (kind == MasterFrame.Kind.FLAT) {
      if (!(median > 0)) {
        throw unusable(path, "its median is " + median + ", which no flat can have");
      }
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) (pixels[i] / median);
      }
      if (Math.abs(median - 1) > 0.05) {
        notes.add(
            String.format(
                Locale.ROOT, "%s: divided by its median, %.4g", path.getFileName(), median));
      }
      median = 1;
    }
    for (int i = 0; i < pixels.length; i++) {
      mask[i] |= Float.isFinite(pixels[i]) ? 0 : MaskBit.NAN.bit();
    }
    return new MasterFrame(
        kind,
        path.getFileName().toString(),
        light.width(),
        light.height(),
        pixels,
        mask,
        header.number("EXPTIME", header.number("EXPOSURE", 0)),
        containsBias,
        header.logical("OVSCSUB"),
        median,
        header.number("RDNOISE", Double.NaN),
        (int) header.integer("NCOMBINE", 0),
        List.of(),
        List.copyOf(notes));
  }

  private static boolean saysBiasSubtracted(FitsHeader header) {
    return header.logical("BIASSUB")
        || header.logical("BIASCORR")
        || header.string("BIASCORR").filter("COMPLETE"::equalsIgnoreCase).isPresent();
  }
}
