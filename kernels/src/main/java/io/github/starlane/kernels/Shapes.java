package io.github.starlane.kernels;

import java.util.Locale;

/** Checks of sizes, shared by the kernels. */
public final class Shapes {

  private Shapes() {}

  static void requireLength(int length, int width, int height) {
    if (width < 0 || height < 0 || (long) width * height != length) {
      throw new IllegalArgumentException(
          "an array of " + length + " values is no plane of " + width + " x " + height);
    }
  }

  /**
   * Refuses a plane of another size; null passes.
   *
   * @throws IllegalArgumentException naming what differs
   */
  public static void requireSize(String what, Plane plane, int width, int height) {
    if (plane != null) {
      requireSize(what, plane.width(), plane.height(), width, height);
    }
  }

  /**
   * Refuses a mask of another size; null passes.
   *
   * @throws IllegalArgumentException naming what differs
   */
  public static void requireSize(String what, MaskPlane mask, int width, int height) {
    if (mask != null) {
      requireSize(what, mask.width(), mask.height(), width, height);
    }
  }

  private static void requireSize(String what, int width, int height, int wanted, int wantedRows) {
    if (width != wanted || height != wantedRows) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is %d x %d, expected %d x %d",
              what,
              width,
              height,
              wanted,
              wantedRows));
    }
  }
}
