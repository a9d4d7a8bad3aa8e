package io.github.starlane.core.calibration;

import java.nio.file.Path;
import java.util.List;

/**
 * A master calibration frame, covering the light section.
 *
 * @param kind what it is
 * @param name file name or a label
 * @param width columns
 * @param height rows
 * @param pixels row-major; bias and dark [ADU], flat relative to its median
 * @param mask bits of {@link io.github.starlane.core.frame.MaskBit}
 * @param exposureTime of a dark [s]
 * @param containsBias whether the bias is still in it (darks)
 * @param overscanSubtracted whether each frame's overscan level was taken off
 * @param median of the pixels
 * @param readNoise measured from the scatter among bias frames [ADU]; NaN otherwise
 * @param used number of frames it was made from
 * @param rejected frames that were left out
 * @param notes what was assumed or left out, and why
 */
public record MasterFrame(
    Kind kind,
    String name,
    int width,
    int height,
    float[] pixels,
    int[] mask,
    double exposureTime,
    boolean containsBias,
    boolean overscanSubtracted,
    double median,
    double readNoise,
    int used,
    List<Rejection> rejected,
    List<String> notes) {

  /**
   * A frame that was left out of a master.
   *
   * @param file the frame
   * @param reason why, as a clause
   */
  public record Rejection(Path file, String reason) {}

  /** Kinds of masters. */
  public enum Kind {
    BIAS,
    DARK,
    FLAT
  }
}
