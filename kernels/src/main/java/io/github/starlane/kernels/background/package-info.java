/**
 * Background level and noise in blocks by iterative clipping, and a natural bicubic spline through
 * the blocks (after Bertin &amp; Arnouts 1996, A&amp;AS 117, 393).
 */
package io.github.starlane.kernels.background;
