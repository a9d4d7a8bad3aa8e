package io.github.starlane.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A fixed number of threads for independent pieces of work; results come in the order of the
 * pieces.
 */
public final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  /** So many threads; 0 for all processors. */
  public Workers(int threads) {
    this.threads = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    this.executor =
        Executors.newFixedThreadPool(
            this.threads, Thread.ofPlatform().name("worker-", 1).daemon().factory());
  }

  /** Number of threads. */
  public int threads() {
    return threads;
  }

  /**
   * Does all pieces and waits. The first exception in the order of the pieces is thrown after the
   * others have been called off.
   */
  public <T> List<T> map(List<? extends Callable<T>> pieces) {
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> piece : pieces) {
      futures.add(executor.submit(piece));
    }
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw unwrap(e.getCause());
    } finally {
      futures.forEach(f -> f.cancel(true));
    }
  }

  private static RuntimeException unwrap(Throwable cause) {
    if (cause instanceof RuntimeException runtime) {
      return runtime;
    } else if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(cause);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
