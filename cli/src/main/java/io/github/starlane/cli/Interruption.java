package io.github.starlane.cli;

import io.github.starlane.core.fits.AtomicFile;
import io.github.starlane.testdata.Simulation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C or a termination signal: the work is asked to stop, the terminal is left
 * as it was, and the files it has not finished are removed. The JVM then ends with 130 or 143.
 */
final class Interruption {

  private static final long PATIENCE_MILLISECONDS = 2000;

  private final Thread worker;
  private final Console console;
  private final CountDownLatch finished = new CountDownLatch(1);

  private Interruption(Thread worker, Console console) {
    this.worker = worker;
    this.console = console;
  }

  /** Begins to guard the work of the calling thread. */
  static Interruption guard(Console console) {
    Interruption interruption = new Interruption(Thread.currentThread(), console);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "interruption"));
    return interruption;
  }

  /** The work is over, there is nothing left to stop. */
  void workIsDone() {
    finished.countDown();
  }

  private void stop() {
    if (finished.getCount() == 0) {
      return;
    }
    console.clearStatus();
    console.message("starlane: stopping; unfinished files are removed");
    console.mute();
    worker.interrupt();
    try {
      finished.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Once more: their own hooks came before the work had stopped.
    AtomicFile.removeUnfinished();
    Simulation.removeUnfinished();
  }
}
