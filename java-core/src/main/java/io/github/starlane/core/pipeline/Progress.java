package io.github.starlane.core.pipeline;

/** Hears how far a run has come. Methods may be called from many threads. */
public interface Progress {

  /** Ignores everything. */
  Progress NONE =
      new Progress() {
        @Override
        public void begin(String step, long units) {}

        @Override
        public void advance(String step, long units) {}

        @Override
        public void end(String step) {}

        @Override
        public void note(String event, String message) {}
      };

  /**
   * A step of so many units begins, e.g. ("sources", 96). Steps follow one another and do not
   * overlap.
   */
  void begin(String step, long units);

  /** Some units of the step are done. */
  void advance(String step, long units);

  /** The step is over. */
  void end(String step);

  /**
   * Something a user wants to know: event is one of {@code info}, {@code warning}, {@code product},
   * {@code error}.
   */
  void note(String event, String message);
}
