package io.github.starlane.testdata;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** A fixed number of threads that work through numbered pieces. */
final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  Workers(int count) {
    Check.that(count >= 1, "at least one thread is needed, not " + count);
    threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("simulation-", 0).factory());
  }

  /** Does pieces 0 … count − 1 in any order and waits; the first failure is thrown here. */
  void each(int count, IntConsumer piece) {
    map(
        count,
        i -> {
          piece.accept(i);
          return i;
        });
  }

  /** As {@link #each}, and returns the results in the order of the pieces. */
  <T> List<T> map(int count, IntFunction<T> piece) {
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      futures.add(threads.submit(() -> piece.apply(number)));
    }
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while simulating", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("simulation failed", e.getCause());
    } finally {
      futures.forEach(f -> f.cancel(true));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
