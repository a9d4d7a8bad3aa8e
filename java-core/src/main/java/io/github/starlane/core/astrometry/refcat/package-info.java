/** Reference stars: where they come from and where they stand at the time of an exposure. */
package io.github.starlane.core.astrometry.refcat;
