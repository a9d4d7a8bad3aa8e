package io.github.starlane.kernels.combine;

/**
 * One loop, or a few, over a block. Steps are called only by {@link #apart(Step)}: a call that
 * meets many kinds of steps is not inlined, so that each is compiled by itself. Compiled together
 * they exceed what C2 inlines in one method, and the vectors of those that come last become
 * objects.
 */
@FunctionalInterface
interface Step {

  void run();

  /** Runs a step, compiled by itself. */
  static void apart(Step step) {
    step.run();
  }
}
