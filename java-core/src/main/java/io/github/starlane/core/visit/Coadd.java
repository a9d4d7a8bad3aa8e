package io.github.starlane.core.visit;

/**
 * The coadd of one crop, on the pixels of its reference epoch in the flux scale of the mean epoch,
 * background removed.
 *
 * @param width columns
 * @param height rows
 * @param image mean of the epochs [electron of one exposure]; NaN where no epoch has a pixel
 * @param variance of the image [electron²]
 * @param mask OR of the masks of the epochs that are left in each pixel; where none is, of all
 *     epochs, which says why
 * @param count number of epochs in each pixel
 * @param rejected number of epochs that were rejected in each pixel
 * @param epochs indices of the epochs that took part
 * @param effectiveGain electrons per image unit, for the sources' own noise
 */
public record Coadd(
    int width,
    int height,
    float[] image,
    float[] variance,
    int[] mask,
    float[] count,
    float[] rejected,
    int[] epochs,
    double effectiveGain) {}
