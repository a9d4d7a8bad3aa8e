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

/** A backend on the CPU: planes are plain arrays, and freeing them is the collector's job. */
record CpuBackend(String name, String description, CpuKernels kernels) implements Backend {

  @Override
  public Plane allocate(int width, int height) {
    return new HostPlane(new float[Math.multiplyExact(width, height)], width, height);
  }

  @Override
  public MaskPlane allocateMask(int width, int height) {
    return new HostMaskPlane(new int[Math.multiplyExact(width, height)], width, height);
  }

  @Override
  public Plane fromHost(float[] pixels, int width, int height) {
    return new HostPlane(pixels, width, height);
  }

  @Override
  public MaskPlane fromHost(int[] bits, int width, int height) {
    return new HostMaskPlane(bits, width, height);
  }

  @Override
  public float[] toHost(Plane plane) {
    return HostPlane.pixels(plane);
  }

  @Override
  public int[] toHost(MaskPlane mask) {
    return HostMaskPlane.bits(mask);
  }

  @Override
  public Arithmetic arithmetic() {
    return kernels.arithmetic();
  }

  @Override
  public Calibrate calibrate() {
    return kernels.calibrate();
  }

  @Override
  public Background background() {
    return kernels.background();
  }

  @Override
  public MatchedFilter matchedFilter() {
    return kernels.matchedFilter();
  }

  @Override
  public PsfFit psfFit() {
    return kernels.psfFit();
  }

  @Override
  public Aperture aperture() {
    return kernels.aperture();
  }

  @Override
  public Resample resample() {
    return kernels.resample();
  }

  @Override
  public Combine combine() {
    return kernels.combine();
  }

  @Override
  public Laplacian laplacian() {
    return kernels.laplacian();
  }

  @Override
  public Radon radon() {
    return kernels.radon();
  }

  @Override
  public Fft fft() {
    return kernels.fft();
  }

  @Override
  public void close() {}
}
