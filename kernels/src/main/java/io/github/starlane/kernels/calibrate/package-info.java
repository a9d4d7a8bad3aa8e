/**
 * Raw detector samples to electrons: bias, dark, flat, gain, noise variance and mask bits in one
 * pass (the noise model is that of Howell 2006, Handbook of CCD Astronomy, section 4.4).
 */
package io.github.starlane.kernels.calibrate;
