package io.github.starlane.kernels;

import io.github.starlane.kernels.aperture.Aperture;
import io.github.starlane.kernels.arithmetic.Arithmetic;
import io.github.starlane.kernels.background.Background;
import io.github.starlane.kernels.calibrate.Calibrate;
import io.github.starlane.kernels.combine.Combine;
import io.github.starlane.kernels.fft.Fft;
import io.github.starlane.kernels.laplacian.Laplacian;
import io.github.starlane.kernels.matchedfilter.MatchedFilter;
import io.github.starlane.kernels.psffit.PsfFit;
import io.github.starlane.kernels.radon.Radon;
import io.github.starlane.kernels.resample.Resample;

/**
 * Owns pixel memory and hands out the kernels that work on it.
 *
 * <p>Kernels take and return only planes of their own backend; pixels stay where they are and only
 * small things (block statistics, peaks, fits) come back. A backend and its kernels may be used
 * from many threads at once, as long as no two calls write the same plane.
 *
 * <p>On one machine a CPU backend makes the same bits of the same input, interpreted or compiled:
 * kernels sum in a fixed order ({@link LaneSums}) and use no vectorised transcendental functions.
 * Machines with vectors of another length may differ in the last bits.
 */
public interface Backend extends AutoCloseable {

  /** Short name as on the command line: {@code scalar}, {@code simd}, {@code cuda}. */
  String name();

  /**
   * One line for people: what runs here, e.g. {@code simd (Vector API, 16 float lanes of 32 bits)}.
   */
  String description();

  /** A new plane of zeros. */
  Plane allocate(int width, int height);

  /** A new mask of zeros. */
  MaskPlane allocateMask(int width, int height);

  /**
   * A plane with these pixels (row-major, {@code width * height}); the CPU backends take the array
   * over.
   */
  Plane fromHost(float[] pixels, int width, int height);

  /**
   * A mask with these bits (row-major, {@code width * height}); the CPU backends take the array
   * over.
   */
  MaskPlane fromHost(int[] bits, int width, int height);

  /**
   * The pixels of a plane: the plane's own array on the CPU (no copy), a fresh copy from a device.
   */
  float[] toHost(Plane plane);

  /** The bits of a mask: the mask's own array on the CPU (no copy), a fresh copy from a device. */
  int[] toHost(MaskPlane mask);

  Arithmetic arithmetic();

  Calibrate calibrate();

  Background background();

  MatchedFilter matchedFilter();

  PsfFit psfFit();

  Aperture aperture();

  Resample resample();

  Combine combine();

  Laplacian laplacian();

  Radon radon();

  Fft fft();

  /** Frees everything that is still held. */
  @Override
  void close();
}
