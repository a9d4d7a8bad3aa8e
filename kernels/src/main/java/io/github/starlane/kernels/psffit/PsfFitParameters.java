package io.github.starlane.kernels.psffit;

/**
 * How stars are fitted.
 *
 * @param boxRadius pixels within ± this of the star's first-guess pixel are fitted (5 gives 11 ×
 *     11)
 * @param fitPosition false keeps the positions (forced photometry)
 * @param fitBackground also fit a constant per group
 * @param groupRadius stars closer than this are fitted together [pixel]; 0 fits each alone
 * @param maximumGroup at most so many stars in one fit; larger groups are cut
 * @param maximumIterations Gauss–Newton steps
 * @param maximumStep largest step of a position per iteration [pixel]
 * @param maximumShift a star may wander so far from its first guess [pixel]
 * @param tolerance converged when positions move less than this [pixel] and fluxes less than this ×
 *     their error
 * @param gain electrons per image unit, for the stars' own noise; +infinity leaves it out
 * @param badBits pixels with one of these mask bits are left out
 */
public record PsfFitParameters(
    int boxRadius,
    boolean fitPosition,
    boolean fitBackground,
    double groupRadius,
    int maximumGroup,
    int maximumIterations,
    double maximumStep,
    double maximumShift,
    double tolerance,
    double gain,
    int badBits) {}
