package io.github.starlane.core.pipeline;

import io.github.starlane.core.report.ReportData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/**
 * Wall time and units of every step: told to the progress listener, to the flight recorder, and
 * kept for the report.
 */
final class Timeline {
  private final Progress progress;
  private final Map<String, double[]> totals = new LinkedHashMap<>();

  Timeline(Progress progress) {
    this.progress = progress;
  }

  /** A step as the Java Flight Recorder sees it. */
  @Name("io.github.starlane.Step")
  @Label("Starlane step")
  static final class StepEvent extends Event {
    @Label("Step")
    String step;

    @Label("Units")
    long units;
  }

  /** A running step; closing it ends it. */
  final class Step implements AutoCloseable {
    private final String name;
    private final long units;
    private final long start = System.nanoTime();
    private final StepEvent event = new StepEvent();

    private Step(String name, long units) {
      this.name = name;
      this.units = units;
      event.begin();
      progress.begin(name, units);
    }

    /** One unit is done. */
    void advance() {
      progress.advance(name, 1);
    }

    @Override
    public void close() {
      progress.end(name);
      event.step = name;
      event.units = units;
      event.commit();
      double[] total = totals.computeIfAbsent(name, n -> new double[2]);
      total[0] += (System.nanoTime() - start) * 1e-9;
      total[1] += units;
    }
  }

  /** Begins a step. Steps of the same name (of several visits) are added up. */
  Step step(String name, long units) {
    return new Step(name, units);
  }

  /** All steps so far. */
  List<ReportData.Step> steps() {
    List<ReportData.Step> steps = new ArrayList<>();
    totals.forEach(
        (name, total) -> steps.add(new ReportData.Step(name, total[0], (long) total[1])));
    return steps;
  }
}
