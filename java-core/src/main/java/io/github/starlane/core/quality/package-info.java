/**
 * Whether a frame can be trusted, and what a reduction achieved compared with a simulation's truth.
 */
package io.github.starlane.core.quality;
