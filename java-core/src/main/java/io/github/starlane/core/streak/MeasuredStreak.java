package io.github.starlane.core.streak;

import io.github.starlane.kernels.radon.Band;

/**
 * A streak and the light along it, of which its kind is told.
 *
 * @param streak not yet told from spikes and columns
 * @param line along which the profile runs
 * @param profile light along the line, all of it
 * @param part of the profile that is the streak's
 */
record MeasuredStreak(Streak streak, Band line, AlongProfile profile, int[] part) {}
