/**
 * Detection: correlation with a bank of templates weighted by inverse variance, normalised to S/N,
 * and its local maxima (Zackay &amp; Ofek 2017, ApJ 836, 187, section 2).
 */
package io.github.starlane.kernels.matchedfilter;
