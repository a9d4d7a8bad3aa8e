package io.github.starlane.core.visit;

/**
 * How the epochs of a visit are brought together.
 *
 * @param pointingFraction exposures whose pointings differ by less than this fraction of the
 *     field's width belong together
 * @param maximumGap exposures whose middles are further apart in time than this and two exposure
 *     times start a new visit [s]
 * @param maximumShift largest shift between epochs that is searched for [pixel]
 * @param registrationDegree degree of the mapping between epochs
 * @param matchRadius sources closer than this in two epochs are the same [pixel]
 * @param coaddLow values this many σ below the median of the epochs are rejected
 * @param coaddHigh values this many σ above are rejected
 * @param coaddRelativeError tolerated relative difference between epochs, on top of the noise
 * @param minimumEpochs fewer good epochs make no coadd
 */
public record VisitSettings(
    double pointingFraction,
    double maximumGap,
    double maximumShift,
    int registrationDegree,
    double matchRadius,
    double coaddLow,
    double coaddHigh,
    double coaddRelativeError,
    int minimumEpochs) {}
