package io.github.starlane.testdata;

import java.time.Instant;

/**
 * One science exposure before any light falls in.
 *
 * @param epoch 0-based number
 * @param start start of the exposure (UTC)
 * @param midTime time from the start of the visit to the middle of the exposure [s]
 * @param wcs pixel to sky
 * @param transparency 0 … 1
 * @param seeing factor on the width of the PSF
 * @param skyFactor factor on the night sky
 */
record EpochConditions(
    int epoch,
    Instant start,
    double midTime,
    TangentPlane wcs,
    double transparency,
    double seeing,
    double skyFactor) {}
