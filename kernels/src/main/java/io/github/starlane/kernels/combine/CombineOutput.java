package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Where results go; all but {@code value} may be null.
 *
 * @param value mean or median; NaN where no value was left
 * @param variance variance of {@code value}: propagated from the inputs' variances when given, else
 *     from the scatter of the values that are left (sample variance / n); times π/2 for the median
 *     of 3 or more
 * @param count number of values that are left
 * @param rejected number of values that were rejected
 * @param mask OR of the masks of the values that are left
 */
public record CombineOutput(
    Plane value, Plane variance, Plane count, Plane rejected, MaskPlane mask) {}
