/** Matching lists of stars with one another, and fitting smooth mappings to the matches. */
package io.github.starlane.core.astrometry.solve;
