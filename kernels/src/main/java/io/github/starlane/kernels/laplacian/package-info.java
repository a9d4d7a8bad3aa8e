/** Cosmic rays found by the Laplacian's sharpness. */
package io.github.starlane.kernels.laplacian;
