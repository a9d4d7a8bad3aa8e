/**
 * World coordinates: {@code wcs} (pixel to sky and back), {@code refcat} (reference stars), {@code
 * solve} (matching and fitting).
 */
package io.github.starlane.core.astrometry;
