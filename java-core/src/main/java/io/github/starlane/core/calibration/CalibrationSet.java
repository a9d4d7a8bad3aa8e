package io.github.starlane.core.calibration;

import io.github.starlane.core.fits.Section;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;

/**
 * The masters that a group of frames is calibrated with; each may be null.
 *
 * @param bias master bias
 * @param dark master dark
 * @param flat master flat
 * @param readNoise of the detector [electron]
 * @param notes which were chosen and why, and what was assumed
 * @param warnings those of the notes that a user should act on
 */
public record CalibrationSet(
    MasterFrame bias,
    MasterFrame dark,
    MasterFrame flat,
    double readNoise,
    List<String> notes,
    List<String> warnings) {

  /**
   * Factor that takes a dark to an exposure time: the ratio of the times, or 1 where the bias is
   * still in the dark (a bias must not be scaled).
   */
  public static double darkScale(MasterFrame dark, double exposureTime) {
    boolean scalable = dark != null && !dark.containsBias() && dark.exposureTime() > 0;
    return scalable ? exposureTime / dark.exposureTime() : 1;
  }

  /**
   * Whether each frame's own overscan level is to be taken off: not if the masters still contain
   * it.
   */
  public boolean subtractOverscan() {
    return overscanApplies(biasToSubtract(), dark);
  }

  /**
   * Whether overscan levels are to be taken off before these masters, of which the first decides.
   */
  static boolean overscanApplies(MasterFrame bias, MasterFrame dark) {
    MasterFrame first = bias != null ? bias : dark;
    return first == null || first.overscanSubtracted();
  }

  /** The bias to subtract: none if the dark contains it already. */
  MasterFrame biasToSubtract() {
    return dark != null && dark.containsBias() ? null : bias;
  }

  /** A section of a master as a plane; null for no master. */
  static Plane cut(Backend backend, MasterFrame master, Section section) {
    return master == null
        ? null
        : backend.fromHost(cut(master, section), section.width(), section.height());
  }

  private static float[] cut(MasterFrame master, Section section) {
    float[] pixels = new float[section.width() * section.height()];
    for (int y = 0; y < section.height(); y++) {
      int from = (section.y() + y) * master.width() + section.x();
      System.arraycopy(master.pixels(), from, pixels, y * section.width(), section.width());
    }
    return pixels;
  }

  /** Reciprocal of the flat; NaN where the flat is not positive. */
  Plane cutInverseFlat(Backend backend, Section section) {
    if (flat == null) {
      return null;
    }
    float[] pixels = cut(flat, section);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = pixels[i] > 0 ? 1 / pixels[i] : Float.NaN;
    }
    return backend.fromHost(pixels, section.width(), section.height());
  }

  /** OR of the masters' masks. */
  MaskPlane cutMask(Backend backend, Section section) {
    int[] bits = new int[section.width() * section.height()];
    for (MasterFrame master : new MasterFrame[] {bias, dark, flat}) {
      for (int y = 0; master != null && y < section.height(); y++) {
        int from = (section.y() + y) * master.width() + section.x();
        for (int x = 0; x < section.width(); x++) {
          bits[y * section.width() + x] |= master.mask()[from + x];
        }
      }
    }
    return backend.fromHost(bits, section.width(), section.height());
  }
}
