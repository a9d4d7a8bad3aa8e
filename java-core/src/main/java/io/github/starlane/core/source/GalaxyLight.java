package io.github.starlane.core.source;

/** A smooth model of a galaxy's light, at the pixels of the window that it was fitted to. */
interface GalaxyLight {

  /** Light in a pixel [image unit]; 0 beyond the end of the model. */
  double at(int column, int row);

  /** How many values were fitted, those of the ellipse included. */
  int parameters();
}
