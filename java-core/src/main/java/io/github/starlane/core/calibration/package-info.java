/**
 * From raw frames to master bias, dark and flat, and from a raw frame and its masters to electrons,
 * variance and mask.
 */
package io.github.starlane.core.calibration;
