package io.github.starlane.cli;

import io.github.starlane.core.pipeline.VisitPipeline;

/** The one place where the program meets the pipeline. */
final class Pipeline {

  /** Reduces frames. */
  static final Reducer REDUCER = VisitPipeline::run;

  private Pipeline() {}
}
