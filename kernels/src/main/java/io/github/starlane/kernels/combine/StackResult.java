package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;

/** The arrays behind a {@link CombineOutput}; all but the value may be null. */
record StackResult(float[] value, float[] variance, float[] count, float[] rejected, int[] mask) {

  static StackResult of(CombineOutput output) {
    return new StackResult(
        HostPlane.pixels(output.value()),
        HostPlane.pixelsOrNull(output.variance()),
        HostPlane.pixelsOrNull(output.count()),
        HostPlane.pixelsOrNull(output.rejected()),
        HostMaskPlane.bitsOrNull(output.mask()));
  }
}
