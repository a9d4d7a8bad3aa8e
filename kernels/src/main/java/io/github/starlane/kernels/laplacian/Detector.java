package io.github.starlane.kernels.laplacian;

/** Computes S′ and the contrast of a working image, whole or where it is asked for. */
interface Detector {

  /**
   * Appends the pixels that pass both limits, unless they are protected. Pixels that cannot pass
   * anew, because nothing near them changed since the last call, may be left out.
   */
  void cosmicRays(PixelList found);

  /** S′ of a pixel of the image. */
  double significance(int index);

  /** Takes notice that these pixels were filled. */
  void filled(PixelList pixels);
}
