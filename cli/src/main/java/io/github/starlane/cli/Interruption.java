package io.github.starlane.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What happens on Ctrl-C or a termination signal: the work is asked to stop, the terminal is left
 * as it was, and files that are not finished are removed. The JVM then ends with 130 or 143.
 */
final class Interruption {

  /** Writers give unfinished files such names, in the folder of the finished file. */
  private static final Pattern UNFINISHED = Pattern.compile(".*\\.part\\d*");

  private static final long PATIENCE_MILLISECONDS = 2000;

  private static volatile Path folder;

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

  /** Names the folder that is being written. */
  static void watch(Path out) {
    folder = out;
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
    if (folder != null) {
      removeUnfinished(folder);
    }
  }

  /** Deletes the unfinished files below a folder. */
  static void removeUnfinished(Path folder) {
    List<Path> unfinished;
    try (Stream<Path> files = Files.walk(folder)) {
      unfinished =
          files
              .filter(Files::isRegularFile)
              .filter(f -> UNFINISHED.matcher(f.getFileName().toString()).matches())
              .toList();
    } catch (IOException e) {
      return;
    }
    for (Path file : unfinished) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The program is going down; the name says that the file is unfinished.
      }
    }
  }
}
