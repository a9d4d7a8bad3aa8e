package io.github.starlane.kernels.psffit;

/** One star while it is being fitted. Mutable, reused. */
final class StarState {

  /** Its place in the list of stars. */
  int index;

  double x;
  double y;
  double flux;

  /** Whether its position is free in the present step. */
  boolean moves;

  /** First of its parameters in the normal equations: flux, then x and y if it moves. */
  int parameter;

  /** Pixels it is fitted to, ends included. */
  int boxX0;

  int boxY0;
  int boxX1;
  int boxY1;

  int goodPixels;
  int flags;

  final PsfSampler sampler;
  final Stamp stamp = new Stamp();

  StarState(PsfSampler sampler) {
    this.sampler = sampler;
  }
}
