package io.github.starlane.core.streak;

/**
 * How streaks are looked for.
 *
 * @param threshold least S/N of a streak
 * @param minimumLength shortest streak [pixel]
 * @param maximumStreaks at most so many lines of light are looked at in a crop; 0 for no search
 */
public record StreakSettings(double threshold, int minimumLength, int maximumStreaks) {}
