/**
 * The sky-and-camera simulator: raw frames of a visit, their calibration frames, a reference
 * catalogue, and the truth about all of it.
 *
 * <p>Shares no code with the reduction: projection, point-spread function, noise and FITS writing
 * are its own, so that an error of the one cannot hide an error of the other. Pixel coordinates in
 * code are 0-based in the light area; in files they are FITS, 1-based. Begin at {@link
 * io.github.starlane.testdata.Simulation} and {@link
 * io.github.starlane.testdata.SimulationParameters}.
 */
package io.github.starlane.testdata;
