/** Streaks found by a fast Radon transform. */
package io.github.starlane.kernels.radon;
