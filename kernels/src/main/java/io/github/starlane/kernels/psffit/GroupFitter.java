package io.github.starlane.kernels.psffit;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.ArrayList;
import java.util.List;

/** Fits one group of stars after the other; keeps its scratch between them. */
final class GroupFitter {

  private final PsfEngine engine;
  private final PsfModel psf;
  private final SplineBasis basis;
  private final PsfFitParameters parameters;
  private final Stars stars;
  private final PsfFitResult result;
  private final int width;
  private final int height;
  private final float[] pixels;
  private final float[] variances;
  private final int[] mask;

  private final PixelWindow window = new PixelWindow();
  private final NormalEquations equations;
  private final List<StarState> pool = new ArrayList<>();
  private final List<StarState> group = new ArrayList<>();
  private final Stamp fixedStamp = new Stamp();
  private final PsfSampler fixedSampler;
  private double background;
  private double[] parameterVariances = new double[0];

  GroupFitter(
      PsfEngine engine,
      SplineBasis basis,
      Plane image,
      Plane variance,
      MaskPlane mask,
      Stars stars,
      PsfFitParameters parameters,
      PsfFitResult result) {
    this.engine = engine;
    this.psf = basis.model;
    this.basis = basis;
    this.parameters = parameters;
    this.stars = stars;
    this.result = result;
    this.width = image.width();
    this.height = image.height();
    this.pixels = HostPlane.pixels(image);
    this.variances = HostPlane.pixels(variance);
    this.mask = HostMaskPlane.bitsOrNull(mask);
    this.equations = new NormalEquations(engine);
    this.fixedSampler = engine.newSampler(basis);
  }

  /**
   * Fits stars jointly and writes their results.
   *
   * @param members the stars that are fitted
   * @param neighbours stars that only stand in the way: drawn as the result has them by now
   */
  void fit(int[] members, List<int[]> neighbours) {
    group.clear();
    for (int k = 0; k < members.length; k++) {
      StarState star = pooled(k);
      start(star, members[k]);
      group.add(star);
    }
    fillWindow();
    group.removeIf(this::hasTooFewPixels);
    for (StarState star : group) {
      star.sampler.place(star.x, star.y);
    }
    for (int[] part : neighbours) {
      drawFixed(part);
    }
    background = 0;
    int steps = 0;
    boolean solvable = !group.isEmpty() && solveFluxes();
    boolean settled = false;
    while (solvable && !settled && steps < parameters.maximumIterations()) {
      steps++;
      solvable = step(parameters.fitPosition());
      settled = solvable && applySteps();
    }
    for (StarState star : group) {
      star.flags |= settled ? 0 : PsfFitResult.NOT_CONVERGED;
      star.flags |= members.length > 1 ? PsfFitResult.IN_GROUP : 0;
    }
    if (solvable) {
      writeResults(steps);
    }
  }

  private StarState pooled(int k) {
    if (k == pool.size()) {
      pool.add(new StarState(engine.newSampler(basis)));
    }
    return pool.get(k);
  }

  private void start(StarState star, int index) {
    star.index = index;
    star.x = stars.x()[index];
    star.y = stars.y()[index];
    star.flux = 0;
    star.flags = 0;
    int radius = parameters.boxRadius();
    boolean placed = Double.isFinite(star.x) && Double.isFinite(star.y);
    // Far outside of the image the box is empty, and must not overflow.
    long x = placed ? Math.round(Math.clamp(star.x, -1e6, 1e6 + width)) : -1_000_000;
    long y = placed ? Math.round(Math.clamp(star.y, -1e6, 1e6 + height)) : -1_000_000;
    star.boxX0 = (int) Math.max(0, x - radius);
    star.boxY0 = (int) Math.max(0, y - radius);
    star.boxX1 = (int) Math.min(width - 1, x + radius);
    star.boxY1 = (int) Math.min(height - 1, y + radius);
    boolean inside =
        x - radius >= 0 && y - radius >= 0 && x + radius < width && y + radius < height;
    star.flags |= inside ? 0 : PsfFitResult.AT_EDGE;
  }

  private void fillWindow() {
    int x0 = Integer.MAX_VALUE;
    int y0 = Integer.MAX_VALUE;
    int x1 = Integer.MIN_VALUE;
    int y1 = Integer.MIN_VALUE;
    for (StarState star : group) {
      if (star.boxX0 <= star.boxX1 && star.boxY0 <= star.boxY1) {
        x0 = Math.min(x0, star.boxX0);
        y0 = Math.min(y0, star.boxY0);
        x1 = Math.max(x1, star.boxX1);
        y1 = Math.max(y1, star.boxY1);
      }
    }
    if (x1 < x0) {
      window.reshape(0, 0, 0, 0, engine.alignment());
    } else {
      window.reshape(x0, y0, x1 - x0 + 1, y1 - y0 + 1, engine.alignment());
    }
    for (StarState star : group) {
      fillBox(star);
    }
  }

  private void fillBox(StarState star) {
    int boxWidth = star.boxX1 - star.boxX0 + 1;
    star.goodPixels = 0;
    for (int y = star.boxY0; y <= star.boxY1; y++) {
      int to = (y - window.y0) * window.stride + star.boxX0 - window.x0;
      star.goodPixels += fillRow(y * width + star.boxX0, to, boxWidth);
    }
    boolean whole = star.goodPixels == boxWidth * (star.boxY1 - star.boxY0 + 1);
    boolean empty = star.boxX1 < star.boxX0 || star.boxY1 < star.boxY0;
    star.flags |= whole || empty ? 0 : PsfFitResult.MASKED_PIXELS;
  }

  /** Copies one row of pixels into the window, and returns how many of them are good. */
  private int fillRow(int from, int to, int count) {
    float[] image = pixels;
    float[] noise = variances;
    int[] bits = mask;
    int badBits = parameters.badBits();
    double[] data = window.data;
    double[] variance = window.variance;
    double[] use = window.use;
    int good = 0;
    for (int k = 0; k < count; k++) {
      float pixel = image[from + k];
      float v = noise[from + k];
      if ((bits == null || (bits[from + k] & badBits) == 0)
          && Math.abs(pixel) <= Float.MAX_VALUE
          && v > 0
          && v <= Float.MAX_VALUE) {
        data[to + k] = pixel;
        variance[to + k] = v;
        use[to + k] = 1;
        good++;
      }
    }
    return good;
  }

  private int parametersPerStar() {
    return (parameters.fitPosition() ? 3 : 1) + (parameters.fitBackground() ? 1 : 0);
  }

  private boolean hasTooFewPixels(StarState star) {
    boolean tooFew = star.goodPixels <= parametersPerStar();
    if (tooFew) {
      fail(star, PsfFitResult.TOO_FEW_PIXELS);
    }
    return tooFew;
  }

  /** Puts a star's stamp where its PSF reaches into the window. */
  private void reshape(Stamp stamp, double x, double y) {
    int reach = psf.radius() + 1;
    int x0 = Math.max(window.x0, (int) Math.floor(x) - reach);
    int y0 = Math.max(window.y0, (int) Math.floor(y) - reach);
    int x1 = Math.min(window.x0 + window.width - 1, (int) Math.ceil(x) + reach);
    int y1 = Math.min(window.y0 + window.height - 1, (int) Math.ceil(y) + reach);
    boolean empty = x1 < x0 || y1 < y0;
    stamp.reshape(x0, y0, empty ? 0 : x1 - x0 + 1, empty ? 0 : y1 - y0 + 1, engine.alignment());
  }

  /** Draws neighbours as they were fitted; as they were guessed where that is still to come. */
  private void drawFixed(int[] part) {
    window.resetModel(0);
    for (int index : part) {
      int failed = PsfFitResult.TOO_FEW_PIXELS | PsfFitResult.SINGULAR;
      boolean fitted = Double.isFinite(result.flux()[index]);
      double x = fitted ? result.x()[index] : stars.x()[index];
      double y = fitted ? result.y()[index] : stars.y()[index];
      double flux = fitted ? result.flux()[index] : stars.flux()[index];
      if ((result.flags()[index] & failed) != 0 || !Double.isFinite(flux)) {
        continue;
      }
      reshape(fixedStamp, x, y);
      if (fixedStamp.width > 0 && fixedStamp.height > 0) {
        fixedSampler.place(stars.x()[index], stars.y()[index]);
        fixedSampler.sample(x, y, fixedStamp, false);
        engine.addModel(window, fixedStamp, flux);
      }
    }
    System.arraycopy(window.model, 0, window.fixed, 0, window.stride * window.height);
  }

  /** Fluxes and background at the first positions: linear, so one step from 0. */
  private boolean solveFluxes() {
    if (!step(false)) {
      return false;
    }
    for (StarState star : group) {
      star.flux += equations.step[star.parameter];
    }
    background += parameters.fitBackground() ? equations.step[equations.count() - 1] : 0;
    return true;
  }

  /**
   * Builds and solves the equations at the present parameters, leaving out stars that cannot be
   * told from the others; false if none is left.
   */
  private boolean step(boolean fitPosition) {
    while (!group.isEmpty()) {
      int singular = linearise(fitPosition);
      if (singular < 0) {
        return true;
      }
      StarState culprit = group.get(group.size() - 1);
      for (StarState star : group) {
        if (singular >= star.parameter && singular < star.parameter + (star.moves ? 3 : 1)) {
          culprit = star;
        }
      }
      fail(culprit, PsfFitResult.SINGULAR);
      group.remove(culprit);
    }
    return false;
  }

  private int linearise(boolean fitPosition) {
    window.resetModel(background);
    for (StarState star : group) {
      // Without light there is no position to fit.
      star.moves = fitPosition && star.flux > 0;
      reshape(star.stamp, star.x, star.y);
      star.sampler.sample(star.x, star.y, star.stamp, true);
      engine.addModel(window, star.stamp, star.flux);
    }
    engine.weigh(window, parameters.gain());
    equations.build(window, group, parameters.fitBackground());
    return equations.solve();
  }

  /** Moves the parameters; true if all have settled. */
  private boolean applySteps() {
    readVariances();
    boolean settled = true;
    for (StarState star : group) {
      double change = equations.step[star.parameter];
      double error = Math.sqrt(parameterVariances[star.parameter]);
      star.flux += change;
      settled &= Math.abs(change) <= parameters.tolerance() * error;
      if (star.moves) {
        settled &= move(star);
      }
    }
    if (parameters.fitBackground()) {
      background += equations.step[equations.count() - 1];
    }
    return settled;
  }

  private void readVariances() {
    if (parameterVariances.length < equations.count()) {
      parameterVariances = new double[equations.count()];
    }
    equations.variances(parameterVariances);
  }

  private boolean move(StarState star) {
    double stepX = equations.step[star.parameter + 1];
    double stepY = equations.step[star.parameter + 2];
    double length = Math.hypot(stepX, stepY);
    double scale = length > parameters.maximumStep() ? parameters.maximumStep() / length : 1;
    double oldX = star.x;
    double oldY = star.y;
    star.x += scale * stepX;
    star.y += scale * stepY;
    double startX = stars.x()[star.index];
    double startY = stars.y()[star.index];
    double shift = Math.hypot(star.x - startX, star.y - startY);
    star.flags &= ~PsfFitResult.AT_MAXIMUM_SHIFT;
    if (shift > parameters.maximumShift()) {
      double back = parameters.maximumShift() / shift;
      star.x = startX + back * (star.x - startX);
      star.y = startY + back * (star.y - startY);
      star.flags |= PsfFitResult.AT_MAXIMUM_SHIFT;
    }
    return Math.hypot(star.x - oldX, star.y - oldY) <= parameters.tolerance();
  }

  private void writeResults(int steps) {
    if (linearise(parameters.fitPosition()) >= 0) {
      for (StarState star : group) {
        fail(star, PsfFitResult.SINGULAR);
      }
      return;
    }
    readVariances();
    for (StarState star : group) {
      int k = star.index;
      result.x()[k] = star.x;
      result.y()[k] = star.y;
      double fluxVariance = parameterVariances[star.parameter];
      double bias = star.moves ? FluxBias.of(window, star, fluxVariance) : 0;
      result.flux()[k] = star.flux - bias;
      result.fluxError()[k] = Math.sqrt(fluxVariance);
      boolean unknown = parameters.fitPosition() && !star.moves;
      double without = unknown ? Double.NaN : 0;
      result.xError()[k] = star.moves ? Math.sqrt(parameterVariances[star.parameter + 1]) : without;
      result.yError()[k] = star.moves ? Math.sqrt(parameterVariances[star.parameter + 2]) : without;
      result.background()[k] = background;
      result.chiSquare()[k] = chiSquare(star);
      result.degreesOfFreedom()[k] = star.goodPixels - parametersPerStar();
      result.iterations()[k] = steps;
      result.flags()[k] = star.flags;
    }
  }

  /** A star of a large group may have had values from an earlier turn. */
  private void fail(StarState star, int flag) {
    int k = star.index;
    result.flags()[k] = star.flags | flag;
    for (double[] values :
        List.of(
            result.x(),
            result.y(),
            result.flux(),
            result.xError(),
            result.yError(),
            result.fluxError(),
            result.background(),
            result.chiSquare())) {
      values[k] = Double.NaN;
    }
  }

  private double chiSquare(StarState star) {
    double sum = 0;
    for (int y = star.boxY0; y <= star.boxY1; y++) {
      int row = (y - window.y0) * window.stride;
      for (int i = row + star.boxX0 - window.x0; i <= row + star.boxX1 - window.x0; i++) {
        sum += window.weightedResidual[i] * (window.data[i] - window.model[i]);
      }
    }
    return sum;
  }
}
