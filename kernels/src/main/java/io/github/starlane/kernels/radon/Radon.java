package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;

/**
 * Streaks, the trails of satellites and fast asteroids, by a fast Radon transform with its partial
 * sums (Nir, Zackay &amp; Ofek 2018, AJ 156, 229; the recursion is that of Brady 1998, SIAM J.
 * Comput. 27, 107).
 *
 * <p>A path crosses a strip of n = 2^m rows and shifts by d columns on the way, 0 ≤ d &lt; n, one
 * pixel in each row. The path (n, d) is the path (n / 2, ⌊d / 2⌋) twice, the second one begins d −
 * ⌊d / 2⌋ columns farther on than the first. Sums of all paths of a strip are therefore sums of two
 * halves' sums, and every level has the sums of all sub-segments. Strips begin at multiples of
 * their length. The image, its mirror image and their transposes cover all directions.
 *
 * <p>With p a Gaussian of the PSF's width, V the variance, bad pixels without weight,
 *
 * <pre>
 * J = p ∗ (I / V)     K = q ∗ (1 / V)     q = p² / Σ p²
 * S/N = Σ J / √(a Σ K)                    a = Σ p(r − r′) of all pairs of the path, per pixel
 * flux per length = Σ J cos θ / (a Σ K)
 * </pre>
 *
 * with sums along the path and ∗ a convolution, p(r − r′) standing for the autocorrelation of p. In
 * noise of constant variance S/N has unit variance; where the variance varies from pixel to pixel,
 * nearly. For a straight streak it is, but for a few per cent that the path's steps lose, the best
 * there can be.
 *
 * <p>The search takes J / √(K Σ p²), but at most 4, for every pixel and sums it as if all weights
 * were the same: half the sums, and stars' remnants do not make streaks. The best partial sums are
 * refined with J and K: the line moves as a whole and at either end, and the part of the line with
 * the largest S/N gives the end points. What was found gets no weight, and after a bright streak
 * the search is made again, until nothing above the threshold is left.
 *
 * <p>Memory: about 28 bytes per binned pixel and, for the sums of a strip of up to {@value
 * #LARGEST_STRIP} rows, 4 bytes for {@code 2 · rows · (columns + rows)}.
 *
 * <p>Backends make the same transform within 1e-6 of the sum of absolute values, and find the same
 * streaks within 0.01 pixel.
 */
public interface Radon {

  /** Rows of the largest strip; a longer streak is found by a part of it. */
  int LARGEST_STRIP = 2048;

  /**
   * Finds streaks.
   *
   * @param image with its background subtracted; NaN is bad
   * @param variance of the image [unit²]; not above 0 or not finite is bad
   * @param mask same size; null for no bad pixels
   * @return streaks, the one of the largest S/N mostly first
   */
  List<Streak> find(Plane image, Plane variance, MaskPlane mask, RadonParameters parameters);

  /**
   * The pixels around a line, for measuring what lies along it.
   *
   * @param image NaN is bad
   * @param variance of the image [unit²]; not above 0 or not finite is bad
   * @param mask same size; null for no bad pixels
   * @param badBits pixels with one of these mask bits are left out
   * @param band its pixels within the half-width of the line and between the ends' perpendiculars
   */
  LinePixels pixels(Plane image, Plane variance, MaskPlane mask, int badBits, Band band);

  /** Sets bits of all pixels within the half-width of a segment. */
  void mark(MaskPlane mask, Band band, int bits);

  /**
   * Sums along all paths that cross the whole image downwards and to the right.
   *
   * @param image all pixels finite, at most {@value #LARGEST_STRIP} rows
   */
  PathSums transform(Plane image);
}
