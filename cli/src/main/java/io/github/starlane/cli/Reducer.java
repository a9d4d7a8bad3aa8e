package io.github.starlane.cli;

import io.github.starlane.core.pipeline.Progress;
import io.github.starlane.core.pipeline.ReductionOutcome;
import io.github.starlane.core.pipeline.ReductionRequest;

/** What the verbs need of the pipeline. */
@FunctionalInterface
interface Reducer {

  /**
   * Reduces.
   *
   * @throws io.github.starlane.core.StarlaneException if the run cannot go on
   */
  ReductionOutcome run(ReductionRequest request, Progress progress);
}
