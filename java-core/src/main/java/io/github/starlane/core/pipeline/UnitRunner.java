package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the units of a visit's steps in parallel; one that fails costs no other. */
final class UnitRunner {
  private static final Logger LOGGER = LoggerFactory.getLogger(UnitRunner.class);

  private final String visit;
  private final VisitReduction.Context context;

  /**
   * A runner.
   *
   * @param visit name, for messages
   */
  UnitRunner(String visit, VisitReduction.Context context) {
    this.visit = visit;
    this.context = context;
  }

  /** Does all units of a step in parallel. */
  void forEach(String name, int units, IntConsumer work) {
    try (Timeline.Step step = context.timeline().step(name, units)) {
      List<Callable<Void>> pieces = new ArrayList<>();
      for (int unit = 0; unit < units; unit++) {
        int u = unit;
        pieces.add(
            () -> {
              guarded(name, u, work);
              step.advance();
              return null;
            });
      }
      context.workers().map(pieces);
    }
  }

  /**
   * A unit that fails costs no other; a full disk ends the run, as it would take no other product
   * either.
   */
  private void guarded(String name, int unit, IntConsumer work) {
    try {
      work.accept(unit);
    } catch (StarlaneException ex) {
      if (ex.exitCode() == ExitCode.RESOURCE) {
        throw ex;
      }
      context.log().fail(ex);
    } catch (RuntimeException ex) {
      failure(visit + " " + name + " " + (unit + 1), ex);
    }
  }

  /** Notes what failed; returns why. */
  String failure(String where, RuntimeException ex) {
    if (ex instanceof StarlaneException known) {
      context.log().fail(known);
      return known.why();
    }
    context
        .log()
        .fail(
            ExitCode.SOME_UNITS_FAILED,
            where + " failed: " + ex,
            "please report this; -vv shows where it happened");
    LOGGER.debug(where, ex);
    return ex.toString();
  }
}
