/** Streaks: trails of satellites and fast asteroids, told apart from spikes and bad columns. */
package io.github.starlane.core.streak;
