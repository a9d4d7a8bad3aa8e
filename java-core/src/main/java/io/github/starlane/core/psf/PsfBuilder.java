package io.github.starlane.core.psf;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.Workers;
import io.github.starlane.kernels.psffit.PsfModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Builds the effective PSF of a region, one crop or a whole camera, from its isolated stars
 * (Anderson &amp; King 2000, PASP 112, 1360).
 *
 * <p>Starts from a Moffat profile that follows the stars' second moments over the region; then, in
 * turns, fits all stars with the model and corrects the model by what is left over, as a polynomial
 * of position at each node of an oversampled grid. Where few samples fall near a node the model is
 * drawn back to the first guess; in the wings the correction is a mean over angles. Fluxes are
 * total ones: the light beyond the stamps is that of the first guess.
 */
public final class PsfBuilder {
  private static final double FIRST_BETA = 3;

  /** Wider stars are out of focus: without wings, and with a stamp that holds a ring [pixel]. */
  private static final double OUT_OF_FOCUS = 9;

  private static final double BETA_OUT_OF_FOCUS = 10;

  /**
   * A polynomial with more terms than stars can carry fits their noise: so many stars per squared
   * number of terms make degrees 1, 2 and 3 from 18, 72 and 200 stars on.
   */
  private static final int STARS_PER_SQUARED_TERMS = 2;

  /** Of stars that were not seen, without the pixel [pixel]. */
  static final double DEFAULT_FWHM = 2.5;

  static final double FWHM_PER_SIGMA = 2.3548200450309493;

  /** Steps of a star's fit in the first round and in later ones, which start near the solution. */
  private static final int FIRST_STEPS = 10;

  private static final int LATER_STEPS = 3;

  /** A first guess that is more wrong than this needs more rounds to be left. */
  private static final double BAD_GUESS = 0.5;

  /** Stars are shared out into so many parts, on however many threads: the sums stay the same. */
  private static final int PARTS = 8;

  private final PsfSettings settings;
  private final Workers workers;

  /** A builder that works in the thread that calls it. */
  public PsfBuilder(PsfSettings settings) {
    this(settings, null);
  }

  /**
   * A builder.
   *
   * @param workers that share the work, and of which none may be the caller; null for the caller
   */
  public PsfBuilder(PsfSettings settings, Workers workers) {
    this.settings = settings;
    this.workers = workers;
  }

  /**
   * Builds the PSF.
   *
   * @param parts stars of the crops of the region, always in the same order
   * @param width of the region [pixel]
   * @param height of the region [pixel]
   * @param gain electrons per image unit
   */
  public Psf build(List<PsfStars> parts, int width, int height, double gain) {
    StampSet stars = new StampSet(parts);
    if (stars.count() < settings.minimumStars()) {
      return assumed(parts, width, height);
    }
    Run run = new Run(stars, parts, width, height, gain);
    run.iterate();
    return stars.usedCount() < settings.minimumStars()
        ? assumed(parts, width, height)
        : run.result();
  }

  private Psf assumed(List<PsfStars> parts, int width, int height) {
    double[] moments = new double[3];
    for (int k = 0; k < moments.length; k++) {
      int axis = k;
      moments[k] = Statistics.median(parts.stream().mapToDouble(p -> p.typical()[axis]));
    }
    FirstGuess guess;
    if (moments[0] > 0 && moments[1] > 0) {
      double window = Math.sqrt((moments[0] + moments[1]) / 2 + StarMoments.PIXEL);
      guess = FirstGuess.constant(moments).seenIn(window, settings.oversampling(), FIRST_BETA);
    } else {
      double s2 = Math.pow(DEFAULT_FWHM / FWHM_PER_SIGMA, 2);
      guess = FirstGuess.constant(new double[] {s2, s2, 0});
    }
    int radius = radius(guess.sigma() * FWHM_PER_SIGMA);
    PsfField field =
        guess.field(size(radius), settings.oversampling(), FIRST_BETA, 0, width, height);
    return Psf.of(field.model(), (width - 1) / 2.0, (height - 1) / 2.0, 0, PsfStarShapes.NONE);
  }

  /** Radius of stamps for stars of a certain width [pixel]. */
  static int radius(double fwhm) {
    return (int) Math.clamp(Math.ceil(4 * fwhm), 6, fwhm > OUT_OF_FOCUS ? 24 : 20);
  }

  private int size(int radius) {
    return 2 * (radius * settings.oversampling() + 2) + 1;
  }

  private int degreeFor(int stars) {
    int degree = 0;
    int terms = PsfField.count(1);
    while (degree < settings.degree() && stars >= STARS_PER_SQUARED_TERMS * terms * terms) {
      degree++;
      terms = PsfField.count(degree + 1);
    }
    return degree;
  }

  /** Work on one region. */
  private final class Run {
    private final StampSet stars;
    private final int width;
    private final int height;
    private final double gain;
    private final int degree;
    private final int radius;
    private final double sigma;
    private final boolean outOfFocus;
    private final double wing;
    private final EllipticalRadius shape;
    private PsfField guess;
    private PsfField field;

    /** What the model is near the rim of the stamps, and what its terms add up to. */
    private PsfField outskirts;

    private double[] sums;
    private double noise;

    Run(StampSet stars, List<PsfStars> parts, int width, int height, double gain) {
      this.stars = stars;
      this.width = width;
      this.height = height;
      this.gain = gain;
      degree = degreeFor(stars.count());
      radius =
          (int)
              Statistics.median(
                  parts.stream().filter(p -> p.count() > 0).mapToDouble(PsfStars::radius));
      FirstGuess moments = measuredGuess();
      outOfFocus = moments.sigma() * FWHM_PER_SIGMA > OUT_OF_FOCUS;
      if (!outOfFocus) {
        double window = Math.sqrt(Math.pow(moments.sigma(), 2) + StarMoments.PIXEL);
        moments = moments.seenIn(window, settings.oversampling(), FIRST_BETA);
      }
      sigma = moments.sigma();
      wing = 1.5 * sigma * FWHM_PER_SIGMA;
      shape = moments.shape();
      double beta = outOfFocus ? BETA_OUT_OF_FOCUS : FIRST_BETA;
      guess = moments.field(size(radius), settings.oversampling(), beta, degree, width, height);
      field = guess;
    }

    /** The guess that follows the stars' moments as they are now known. */
    private FirstGuess measuredGuess() {
      int count = PsfField.count(degree);
      PsfField frame = PsfField.over(width, height, List.of(), degree);
      double[] terms = new double[stars.count() * count];
      double[] powers = new double[count];
      for (int s = 0; s < stars.count(); s++) {
        frame.powers(stars.x[s], stars.y[s], powers);
        System.arraycopy(powers, 0, terms, s * count, count);
      }
      return FirstGuess.of(stars, terms, count);
    }

    void iterate() {
      double[] limits = null;
      int rounds = settings.iterations();
      for (int round = 0; round <= rounds; round++) {
        ResidualSums residuals = collect(limits, round == 0 ? FIRST_STEPS : LATER_STEPS);
        limits = residuals.limits();
        if (round == 0) {
          improveGuess(residuals);
        } else {
          Correction correction = new Correction(residuals, field, guess, wing, shape);
          if (round == 1 && correction.doubt() > BAD_GUESS) {
            // Nor does it know what lies beyond the stamps: nothing, as far as one can say.
            outskirts = guess.with(guess.terms().stream().map(g -> g.scaled(0)).toList());
            sums = new double[sums.length];
            sums[0] = 1;
            rounds *= 2;
          }
          field =
              correction
                  .corrected()
                  .pinned(outskirts, radius - ResidualSums.RIM, radius)
                  .settled(sums, sigma);
          noise = correction.noise();
        }
        reject();
      }
    }

    /** Takes width and exponent of the guess from the stars' profile; a ring has neither. */
    private void improveGuess(ResidualSums residuals) {
      if (!outOfFocus) {
        MoffatFit.Shape better = moffat(residuals);
        double window = Math.sqrt(sigma * sigma + StarMoments.PIXEL);
        new StampMoments(window).measure(stars);
        FirstGuess measured = measuredGuess();
        int oversampling = settings.oversampling();
        guess =
            measured
                .resized(better.scale() * sigma / measured.sigma())
                .calibrated(size(radius), oversampling, better.beta(), window)
                .field(size(radius), oversampling, better.beta(), degree, width, height);
      }
      field = guess;
      outskirts = guess;
      sums = guess.sums();
    }

    /** Fits all stars and adds up what the good ones leave. */
    private ResidualSums collect(double[] limits, int steps) {
      LocalPsf psf = new LocalPsf(field);
      List<Share> shares = new ArrayList<>();
      for (int k = 0; k < PARTS; k++) {
        int from = (int) ((long) k * stars.count() / PARTS);
        int to = (int) ((long) (k + 1) * stars.count() / PARTS);
        shares.add(new Share(from, to, psf, limits, steps));
      }
      List<ResidualSums> sums =
          workers == null ? shares.stream().map(Share::call).toList() : workers.map(shares);
      sums.stream().skip(1).forEach(sums.get(0)::add);
      return sums.get(0);
    }

    /** Some of the stars. */
    private final class Share implements Callable<ResidualSums> {
      private final int from;
      private final int to;
      private final LocalPsf model;
      private final double[] limits;
      private final int steps;

      Share(int from, int to, LocalPsf model, double[] limits, int steps) {
        this.from = from;
        this.to = to;
        this.model = model;
        this.limits = limits;
        this.steps = steps;
      }

      @Override
      public ResidualSums call() {
        ResidualSums sums =
            new ResidualSums(
                PsfField.count(degree), 2 * wing, radius, shape, field.middle().highest(), gain);
        double[] allowed = limits == null ? sums.noLimits() : limits;
        LocalPsf psf = model.another();
        int box = (int) Math.min(radius, Math.max(3, Math.ceil(2.5 * sigma)));
        StampFitter fitter = new StampFitter(box, gain, Math.max(2, sigma));
        double[] powers = new double[PsfField.count(degree)];
        for (int s = from; s < to; s++) {
          field.powers(stars.x[s], stars.y[s], powers);
          psf.place(powers);
          fitter.fit(stars, s, psf, steps);
          if (stars.used[s] && Double.isFinite(stars.chi[s])) {
            sums.add(stars, s, psf, powers, allowed);
          }
        }
        sums.finish();
        return sums;
      }
    }

    /** The Moffat profile that the stars' mean radial profile shows. */
    private MoffatFit.Shape moffat(ResidualSums sums) {
      double[] now = field.middle().radialProfile(shape);
      int n = ResidualSums.PITCH * radius + 1;
      double[] at = new double[n];
      double[] value = new double[n];
      double[] weight = new double[n];
      for (int k = 0; k < n; k++) {
        at[k] = k / (double) ResidualSums.PITCH;
        int bin = Math.min(now.length - 1, k * settings.oversampling() / ResidualSums.PITCH);
        weight[k] = sums.ringMatrix[k];
        value[k] = now[bin] + (weight[k] > 0 ? sums.ringRight[k] / weight[k] : 0);
      }
      return MoffatFit.fit(at, value, weight, sigma * FWHM_PER_SIGMA);
    }

    /**
     * Stars whose χ² shows that they are no stars, or blends. A model that is wrong by a fraction ε
     * of the flux adds (ε S/N)² to χ²: a star must not stand out in ε.
     */
    private void reject() {
      double[] excess = new double[stars.count()];
      double[] power = new double[stars.count()];
      for (int s = 0; s < excess.length; s++) {
        power[s] = stars.flux[s] * stars.flux[s] / stars.skyVariance[s];
        excess[s] = Math.max(0, stars.chi[s] - 1) / power[s];
      }
      double typical = Statistics.median(excess);
      for (int s = 0; s < excess.length; s++) {
        // A box has some fifty pixels: χ² per degree of freedom scatters by 0.2.
        stars.used[s] = stars.chi[s] <= 2 + 9 * typical * power[s];
      }
    }

    Psf result() {
      PsfModel model = field.model();
      double window = Math.sqrt(sigma * sigma + StarMoments.PIXEL);
      return Psf.of(
          model, (width - 1) / 2.0, (height - 1) / 2.0, noise, PsfStarShapes.of(stars, window));
    }
  }
}
