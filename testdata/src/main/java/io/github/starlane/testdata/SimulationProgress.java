package io.github.starlane.testdata;

/** Is told how far a simulation has come; called from the thread that runs it. */
@FunctionalInterface
public interface SimulationProgress {
  /** Ignores all news. */
  SimulationProgress SILENT = (what, done, total) -> {};

  /**
   * A piece of work is finished.
   *
   * @param what what was done last, for people
   * @param done pieces finished
   * @param total pieces of the whole simulation; the same in every call of a run
   */
  void advance(String what, long done, long total);
}
