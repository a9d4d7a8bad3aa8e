package io.github.starlane.core.calibration;

import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.calibrate.CalibrateParameters;
import io.github.starlane.kernels.calibrate.CalibrationFrames;
import io.github.starlane.kernels.calibrate.Pedestal;

/** Raw pixels to electrons, variance and mask, with a set of masters. */
public final class FrameCalibrator {
  private final Backend backend;
  private final CalibrationSet set;

  /** A calibrator. */
  public FrameCalibrator(Backend backend, CalibrationSet set) {
    this.backend = backend;
    this.set = set;
  }

  /**
   * Calibrates a section of the light section.
   *
   * @param overscanLevel of this frame [ADU], from {@link RawFrame#overscanLevel}; NaN if there is
   *     none
   */
  public CalibratedFrame calibrate(RawFrame raw, double overscanLevel, Section section) {
    Exposure e = raw.exposure();
    boolean subtracts = Double.isFinite(overscanLevel) && set.subtractOverscan();
    Plane image = backend.allocate(section.width(), section.height());
    Plane variance = backend.allocate(section.width(), section.height());
    MaskPlane mask = backend.allocateMask(section.width(), section.height());
    CalibrationFrames frames =
        new CalibrationFrames(
            subtracts ? Pedestal.of(overscanLevel) : Pedestal.NONE,
            CalibrationSet.cut(backend, set.biasToSubtract(), section),
            CalibrationSet.cut(backend, set.dark(), section),
            set.cutInverseFlat(backend, section),
            set.cutMask(backend, section));
    backend.calibrate().calibrate(raw.light(section), frames, parameters(e), image, variance, mask);
    return new CalibratedFrame(image, variance, mask);
  }

  private CalibrateParameters parameters(Exposure e) {
    return new CalibrateParameters(
        e.gain(),
        set.readNoise(),
        e.darkCurrent() * e.exposureTime(),
        CalibrationSet.darkScale(set.dark(), e.exposureTime()),
        e.saturation(),
        e.nonLinear(),
        MaskBit.SATURATED.bit(),
        MaskBit.NON_LINEAR.bit(),
        MaskBit.NAN.bit(),
        MaskBit.NEGATIVE.bit(),
        null);
  }
}
