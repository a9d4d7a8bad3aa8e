package io.github.starlane.kernels.matchedfilter;

/**
 * A small image to look for.
 *
 * @param name for people
 * @param size columns and rows, odd
 * @param values row-major, {@code size * size}, unit sum
 */
public record Template(String name, int size, float[] values) {}
