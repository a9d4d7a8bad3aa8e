/**
 * Backends and the memory they own. A {@link io.github.starlane.kernels.Backend} hands out kernels,
 * one package each; {@link io.github.starlane.kernels.Backends} chooses one at run time.
 */
package io.github.starlane.kernels;
