/** Fluxes to magnitudes: zero points against reference stars. */
package io.github.starlane.core.photometry;
