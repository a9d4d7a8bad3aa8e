/**
 * What the epochs of a visit give together: registration, matched light curves, relative photometry
 * and the coadd.
 */
package io.github.starlane.core.visit;
