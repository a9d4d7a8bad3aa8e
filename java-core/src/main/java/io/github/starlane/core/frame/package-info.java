/**
 * Exposures as their headers describe them, the grid of crops a detector is divided into, and the
 * mask dictionary.
 */
package io.github.starlane.core.frame;
