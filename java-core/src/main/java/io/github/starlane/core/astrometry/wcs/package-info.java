/**
 * World coordinate systems.
 *
 * <p>Sources: Calabretta &amp; Greisen 2002, A&amp;A 395, 1077 (TAN); Shupe et al. 2012, Proc. SPIE
 * 8451 (TPV).
 */
package io.github.starlane.core.astrometry.wcs;
