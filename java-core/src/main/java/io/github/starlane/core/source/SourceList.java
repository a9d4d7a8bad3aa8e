package io.github.starlane.core.source;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.kernels.matchedfilter.Peaks;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.Stars;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The sources found so far, with their current positions and fluxes. */
final class SourceList {

  /** One source. Mutable: fits improve it. */
  static final class Source {
    int peakX;
    int peakY;
    double x;
    double y;
    double flux;
    double deltaSignalToNoise;
    double psfSignalToNoise;
    double broadSignalToNoise;
    int round;
  }

  private final List<Source> sources = new ArrayList<>();

  int count() {
    return sources.size();
  }

  /**
   * Adds peaks; template 0 is the PSF, 1 the delta function, 2 the broadened PSF. A peak nearer
   * than {@code distance} to a source found in an earlier round is a remnant of it and is not
   * added.
   */
  void add(Peaks peaks, int round, double distance) {
    int earlier = sources.size();
    PositionIndex index =
        new PositionIndex(column(s -> s.x), column(s -> s.y), Math.max(1, distance));
    for (int i = 0; i < peaks.count(); i++) {
      if (earlier > 0 && index.nearest(peaks.subX()[i], peaks.subY()[i]) >= 0) {
        continue;
      }
      Source s = new Source();
      s.peakX = peaks.x()[i];
      s.peakY = peaks.y()[i];
      s.x = peaks.subX()[i];
      s.y = peaks.subY()[i];
      s.flux = Math.max(0, peaks.flux()[i]);
      s.deltaSignalToNoise = peaks.signalToNoise()[1][i];
      s.psfSignalToNoise = peaks.signalToNoise()[0][i];
      s.broadSignalToNoise = peaks.signalToNoise()[2][i];
      s.round = round;
      sources.add(s);
    }
  }

  /** All sources as the kernels want them; failed fits count as nothing. */
  Stars stars() {
    return stars(0);
  }

  Stars stars(int from) {
    List<Source> part = sources.subList(from, sources.size());
    return new Stars(
        part.stream().mapToDouble(s -> s.x).toArray(),
        part.stream().mapToDouble(s -> s.y).toArray(),
        part.stream().mapToDouble(s -> s.flux).toArray());
  }

  /**
   * Takes over what a fit of the sources from an index on gave; failed fits leave the source where
   * it was, without flux.
   */
  void update(PsfFitResult fit, int from) {
    update(fit, IntStream.range(from, from + fit.x().length).toArray());
  }

  /** The same for the sources with these indices. */
  void update(PsfFitResult fit, int[] indices) {
    for (int i = 0; i < indices.length; i++) {
      Source s = sources.get(indices[i]);
      boolean good = Double.isFinite(fit.x()[i]) && Double.isFinite(fit.flux()[i]);
      if (good) {
        s.x = fit.x()[i];
        s.y = fit.y()[i];
      }
      s.flux = good ? Math.max(0, fit.flux()[i]) : 0;
    }
  }

  /** Drops all sources but those with these indices. */
  void keep(int[] indices) {
    List<Source> kept = Arrays.stream(indices).mapToObj(sources::get).toList();
    sources.clear();
    sources.addAll(kept);
  }

  /** A value of every source. */
  interface Value {
    double of(Source source);
  }

  private double[] column(Value value) {
    return sources.stream().mapToDouble(value::of).toArray();
  }

  double[] x() {
    return column(s -> s.x);
  }

  double[] y() {
    return column(s -> s.y);
  }

  double[] peakX() {
    return column(s -> s.peakX);
  }

  double[] peakY() {
    return column(s -> s.peakY);
  }

  double[] deltaSignalToNoise() {
    return column(s -> s.deltaSignalToNoise);
  }

  double[] psfSignalToNoise() {
    return column(s -> s.psfSignalToNoise);
  }

  double[] broadSignalToNoise() {
    return column(s -> s.broadSignalToNoise);
  }

  double[] rounds() {
    return column(s -> s.round);
  }
}
