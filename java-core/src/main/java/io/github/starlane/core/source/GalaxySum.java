package io.github.starlane.core.source;

/**
 * Light of two parts of a galaxy.
 *
 * @param core with its ellipse
 * @param wings on the same ellipse
 */
record GalaxySum(GalaxyLight core, GalaxyLight wings) implements GalaxyLight {

  @Override
  public double at(int column, int row) {
    return core.at(column, row) + wings.at(column, row);
  }

  @Override
  public int parameters() {
    return core.parameters() + wings.parameters() - 5;
  }
}
