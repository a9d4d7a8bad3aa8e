/**
 * Pixel stacks to one image: mean or median after rejection by rank, sample statistics or the noise
 * model.
 */
package io.github.starlane.kernels.combine;
