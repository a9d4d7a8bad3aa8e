package io.github.starlane.kernels;

/**
 * What the CPU backends share: planes are plain arrays, and freeing them is the collector's job.
 */
abstract class CpuBackend implements Backend {

  @Override
  public final Plane allocate(int width, int height) {
    return new HostPlane(new float[Math.multiplyExact(width, height)], width, height);
  }

  @Override
  public final MaskPlane allocateMask(int width, int height) {
    return new HostMaskPlane(new int[Math.multiplyExact(width, height)], width, height);
  }

  @Override
  public final Plane fromHost(float[] pixels, int width, int height) {
    return new HostPlane(pixels, width, height);
  }

  @Override
  public final MaskPlane fromHost(int[] bits, int width, int height) {
    return new HostMaskPlane(bits, width, height);
  }

  @Override
  public final float[] toHost(Plane plane) {
    return HostPlane.pixels(plane);
  }

  @Override
  public final int[] toHost(MaskPlane mask) {
    return HostMaskPlane.bits(mask);
  }

  @Override
  public void close() {}
}
