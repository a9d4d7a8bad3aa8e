package io.github.starlane.benchmarks.suite;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.pipeline.Progress;
import io.github.starlane.core.pipeline.ReductionOutcome;
import io.github.starlane.core.pipeline.ReductionRequest;
import io.github.starlane.core.pipeline.VisitPipeline;
import io.github.starlane.testdata.FrameGeometry;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.SimulationParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Whole visits of several cameras at once, as a telescope node has them: every camera is a pipeline
 * of its own with its share of the threads.
 */
public final class CameraSuite {

  private final List<SimulatedVisit> visits;
  private final Path folder;
  private final String backend;
  private final int threads;
  private final List<String> settings;

  /**
   * A suite.
   *
   * @param visits one simulated visit for each camera
   * @param folder where products go
   * @param backend name of the backend, or {@code auto}
   * @param threads for all cameras together; each gets at least one
   * @param settings settings of the reduction, as {@code crop.size=800}
   */
  public CameraSuite(
      List<SimulatedVisit> visits,
      Path folder,
      String backend,
      int threads,
      List<String> settings) {
    this.visits = List.copyOf(visits);
    this.folder = folder;
    this.backend = backend;
    this.threads = threads;
    this.settings = List.copyOf(settings);
  }

  /**
   * The parameters of one camera: the same visit under another sky.
   *
   * @param camera 0, 1, …
   */
  public static SimulationParameters ofCamera(SimulationParameters visit, int camera) {
    return visit.with("seed", Long.toString(visit.seed() + camera));
  }

  /**
   * Reduces the visits of the first cameras at the same time.
   *
   * @param first the suite's first run, to scale by; null for this one
   * @throws StarlaneException as of the reduction, if a visit could not be reduced in full
   */
  public CameraRun run(int cameras, CameraRun first) {
    List<ReductionRequest> requests = new ArrayList<>();
    long pixels = 0;
    for (int camera = 0; camera < cameras; camera++) {
      SimulatedVisit visit = visits.get(camera);
      requests.add(request(visit, camera, cameras));
      pixels += visit.science().size() * pixels(visit.parameters().frame());
    }
    long began = System.nanoTime();
    reduceAll(requests);
    double seconds = (System.nanoTime() - began) * 1e-9;
    double rate = pixels * 1e-6 / seconds;
    return new CameraRun(
        cameras, seconds, rate, first == null ? 1 : rate / first.megapixelsPerSecond());
  }

  private static long pixels(FrameGeometry frame) {
    return (long) frame.rawWidth() * frame.rawHeight();
  }

  private ReductionRequest request(SimulatedVisit visit, int camera, int cameras) {
    List<Path> frames = new ArrayList<>(visit.science());
    frames.addAll(visit.darks());
    frames.addAll(visit.flats());
    return new ReductionRequest(
        frames,
        folder.resolve(cameras + "-cameras").resolve("camera-" + (camera + 1)),
        null,
        null,
        null,
        null,
        visit.referenceCatalog(),
        null,
        settings,
        backend,
        threads(camera, cameras, threads),
        false,
        false,
        null);
  }

  /** A camera's share of the threads; what cannot be shared evenly goes to the first ones. */
  static int threads(int camera, int cameras, int all) {
    return Math.max(1, all / cameras + (camera < all % cameras ? 1 : 0));
  }

  private static void reduceAll(List<ReductionRequest> requests) {
    try (ExecutorService cameras = Executors.newFixedThreadPool(requests.size())) {
      List<Future<ReductionOutcome>> running = new ArrayList<>();
      for (ReductionRequest request : requests) {
        running.add(cameras.submit(() -> VisitPipeline.run(request, Progress.NONE)));
      }
      try {
        for (Future<ReductionOutcome> one : running) {
          ReductionOutcome outcome = one.get();
          if (outcome.exitCode() != ExitCode.OK) {
            throw new StarlaneException(
                outcome.exitCode(),
                "a visit was not reduced in full",
                String.valueOf(outcome.report()),
                String.join("; ", outcome.problems()),
                "reduce it alone to see what is wrong");
          }
        }
      } catch (ExecutionException e) {
        cameras.shutdownNow();
        throw asItWas(e.getCause());
      } catch (InterruptedException e) {
        cameras.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  /** A full disk or heap, seen on a camera's thread, stays what it is. */
  private static RuntimeException asItWas(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("a visit could not be reduced", failure);
  }
}
