/** The sky level and its noise, as the extraction wants them. */
package io.github.starlane.core.background;
