package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Workers;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.source.SourceExtractor;
import io.github.starlane.kernels.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Detects the sources of images, one image after the other, with everything that can be shared
 * between them. Of several images one that fails costs no other.
 */
public final class DetectionRun implements AutoCloseable {
  private final DetectionRequest request;
  private final Progress progress;
  private final RunLog log;
  private final PipelineConfig config;
  private final Backend backend;
  private final Workers workers;
  private final SourceExtractor extractor;

  private DetectionRun(DetectionRequest request, Progress progress) {
    this.request = request;
    this.progress = progress;
    this.log = new RunLog(progress);
    this.config = PipelineConfig.load(request.config(), request.settings());
    this.backend = BackendChoice.open(request.backend(), log);
    this.workers = new Workers(request.threads());
    this.extractor =
        new SourceExtractor(
            backend, config.background(), config.psf(), config.streak(), config.source());
  }

  /**
   * Detects the sources of all images and writes their catalogues.
   *
   * @throws StarlaneException if nothing can be done: the request makes no sense, there is no room,
   *     or the only image cannot be read
   */
  public static DetectionOutcome run(DetectionRequest request, Progress progress) {
    try (DetectionRun run = new DetectionRun(request, progress)) {
      List<DetectionTarget> targets = DetectionTargets.of(request);
      List<DetectionOutcome.Image> images =
          targets.size() == 1
              ? List.of(run.detect(targets.get(0), new Timeline(progress)))
              : run.detect(targets);
      return run.outcome(images, targets.size());
    }
  }

  private DetectionOutcome.Image detect(DetectionTarget target, Timeline timeline) {
    return new ImageDetection(request, target, config, backend, workers, extractor, timeline, log)
        .detect();
  }

  private List<DetectionOutcome.Image> detect(List<DetectionTarget> targets) {
    List<DetectionOutcome.Image> images = new ArrayList<>();
    Timeline parts = new Timeline(notesOnly());
    try (Timeline.Step step = new Timeline(progress).step("images", targets.size())) {
      for (DetectionTarget target : targets) {
        try {
          images.add(detect(target, parts));
        } catch (RuntimeException e) {
          tell(target, e);
        }
        step.advance();
      }
    }
    return images;
  }

  /** Throws what would fail for all other images too. */
  private void tell(DetectionTarget target, RuntimeException e) {
    if (Thread.currentThread().isInterrupted()) {
      throw e;
    }
    if (!(e instanceof StarlaneException known)) {
      log.fail(
          ExitCode.SOME_UNITS_FAILED,
          target.image() + " failed: " + e,
          "please report this; -vv shows where it happened");
      LoggerFactory.getLogger(DetectionRun.class).debug(target.image().toString(), e);
      return;
    }
    switch (known.exitCode()) {
      case USAGE, RESOURCE, DEVICE_FAULT -> throw known;
      default -> log.fail(known);
    }
  }

  /** Steps of one of many images are too many to be told. */
  private Progress notesOnly() {
    return new Progress() {
      @Override
      public void begin(String step, long units) {}

      @Override
      public void advance(String step, long units) {}

      @Override
      public void end(String step) {}

      @Override
      public void note(String event, String message) {
        progress.note(event, message);
      }
    };
  }

  private DetectionOutcome outcome(List<DetectionOutcome.Image> images, int wanted) {
    List<String> summary = new ArrayList<>();
    for (DetectionOutcome.Image image : images) {
      summary.add(
          (wanted == 1 ? "" : image.image().getFileName() + ": ")
              + String.format(
                  Locale.ROOT,
                  "%d sources, PSF of FWHM %.2f pixels from %d stars",
                  image.sources(),
                  image.fwhm(),
                  image.psfStars()));
    }
    if (images.size() < wanted) {
      summary.add(images.size() + " of " + wanted + " images");
    }
    return new DetectionOutcome(
        log.exitCode(!images.isEmpty()),
        List.copyOf(images),
        summary,
        log.problems().stream().map(ReportData.Problem::sentence).toList());
  }

  @Override
  public void close() {
    workers.close();
    backend.close();
  }
}
