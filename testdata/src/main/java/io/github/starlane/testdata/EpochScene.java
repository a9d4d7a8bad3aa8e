package io.github.starlane.testdata;

import java.util.List;

/** Where each star falls in one exposure, how many electrons it gives, and what to draw. */
final class EpochScene {
  private static final int CHUNK = 4096;
  private static final int TRAIL_PIECES = 4;

  private final SimulationParameters parameters;
  private final EpochConditions conditions;
  private final PsfField psfs;
  private final SkyBackground sky;
  private final double[] x;
  private final double[] y;
  private final double[] flux;
  private final LightSources sources = new LightSources();

  EpochScene(
      SimulationParameters parameters,
      EpochConditions conditions,
      StarField field,
      Workers workers) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.psfs = new PsfField(parameters.psf(), parameters.frame(), conditions.seeing());
    this.sky = SkyBackground.of(parameters, conditions);
    int count = field.stars().size();
    x = new double[count];
    y = new double[count];
    flux = new double[count];
    List<List<LightSources.Source>> chunks =
        workers.map((count + CHUNK - 1) / CHUNK, chunk -> place(field.stars(), chunk));
    chunks.forEach(chunk -> chunk.forEach(sources::add));
    TangentPlane nominal = VisitPlan.nominalWcs(parameters);
    field.movers().forEach(mover -> trail(mover, nominal));
  }

  private List<LightSources.Source> place(List<Star> stars, int chunk) {
    List<LightSources.Source> drawn = new java.util.ArrayList<>();
    for (int i = chunk * CHUNK; i < Math.min(stars.size(), (chunk + 1) * CHUNK); i++) {
      PixelPoint pixel = conditions.wcs().toPixel(stars.get(i).position());
      x[i] = pixel.x();
      y[i] = pixel.y();
      flux[i] = electrons(stars.get(i).magnitudeAt(conditions.midTime()));
      LightSources.Source source = LightSources.source(x[i], y[i], flux[i], psfs);
      if (source.touches(parameters.frame())) {
        drawn.add(source);
      }
    }
    return drawn;
  }

  /** Spreads a moving object evenly over its path during the exposure. */
  private void trail(Mover mover, TangentPlane nominal) {
    double seconds = parameters.observation().exposure();
    for (int i = 0; i < TRAIL_PIECES; i++) {
      double time = conditions.midTime() + seconds * ((i + 0.5) / TRAIL_PIECES - 0.5);
      PixelPoint pixel = conditions.wcs().toPixel(mover.at(time, nominal));
      double share = electrons(mover.magnitude()) / TRAIL_PIECES;
      sources.add(LightSources.source(pixel.x(), pixel.y(), share, psfs));
    }
  }

  /** Electrons of an object in this exposure, where the response is 1. */
  double electrons(double magnitude) {
    return Math.pow(10, 0.4 * (zeroPoint() - magnitude));
  }

  /** Magnitude of an object that gives one electron in this exposure. */
  double zeroPoint() {
    double seconds = parameters.observation().exposure() * conditions.transparency();
    return parameters.sky().zeroPoint() + 2.5 * Math.log10(seconds);
  }

  EpochConditions conditions() {
    return conditions;
  }

  PsfField psfs() {
    return psfs;
  }

  SkyBackground sky() {
    return sky;
  }

  LightSources sources() {
    return sources;
  }

  double x(int star) {
    return x[star];
  }

  double y(int star) {
    return y[star];
  }

  double flux(int star) {
    return flux[star];
  }

  NeighbourGrid neighbours() {
    return new NeighbourGrid(x, y, flux, parameters.frame());
  }
}
