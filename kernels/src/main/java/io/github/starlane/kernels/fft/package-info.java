/**
 * What is done in Fourier space: convolution with large kernels, autocorrelation, and proper
 * coaddition (Zackay &amp; Ofek 2017, ApJ 836, 188).
 *
 * <p>The transforms are our own: libraries start threads of their own above some size, and none
 * works on several lines at once, one in each lane of a vector.
 */
package io.github.starlane.kernels.fft;
