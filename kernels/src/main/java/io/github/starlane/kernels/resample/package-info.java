/**
 * Lanczos-3 resampling through a tabulated mapping, with variance and mask (Lanczos weights as in
 * Bertin et al. 2002, SWarp).
 */
package io.github.starlane.kernels.resample;
