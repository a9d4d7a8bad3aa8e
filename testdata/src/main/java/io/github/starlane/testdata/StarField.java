package io.github.starlane.testdata;

import java.util.ArrayList;
import java.util.List;

/** The stars and asteroids of a field. */
final class StarField {
  /** How far beyond the light area there are stars [deg]. */
  static final double MARGIN_DEGREES = 0.1;

  private static final double VARIABLE_BRIGHT = 13;
  private static final double VARIABLE_FAINT = 17.5;
  private static final int VARIABLE_EDGE = 20;

  private final List<Star> stars;
  private final List<Mover> movers;

  private StarField(List<Star> stars, List<Mover> movers) {
    this.stars = stars;
    this.movers = movers;
  }

  List<Star> stars() {
    return stars;
  }

  List<Mover> movers() {
    return movers;
  }

  /** Draws the field of a visit, {@value #MARGIN_DEGREES}° larger than the light area all round. */
  static StarField draw(SimulationParameters p) {
    TangentPlane wcs = VisitPlan.nominalWcs(p);
    double scale = p.pointing().pixelScale() / 3600;
    double margin = MARGIN_DEGREES / scale + reach(p);
    double width = p.frame().lightWidth() + 2 * margin;
    double height = p.frame().lightHeight() + 2 * margin;
    long count = Math.round(p.stars().totalDensity() * width * height * scale * scale);
    CounterRandom random = Purpose.STARS.open(p.seed());
    List<Star> stars = new ArrayList<>();
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PixelPoint pixel =
          new PixelPoint(
              random.uniform(-margin, width - margin), random.uniform(-margin, height - margin));
      Star star = drawStar(i + 1, wcs.toSky(pixel), p.stars(), random);
      stars.add(star);
      if (star.magnitude() > VARIABLE_BRIGHT
          && star.magnitude() < VARIABLE_FAINT
          && inside(pixel, p.frame())) {
        candidates.add(i);
      }
    }
    makeVariable(stars, candidates, p);
    return new StarField(List.copyOf(stars), drawMovers(p));
  }

  /** The farthest that an epoch is off the nominal pointing [px]. */
  private static double reach(SimulationParameters p) {
    PointingParameters pointing = p.pointing();
    int epochs = p.observation().epochs();
    double drift = Math.hypot(pointing.driftX(), pointing.driftY()) * epochs;
    double corner = Math.hypot(p.frame().centreX(), p.frame().centreY());
    double turn = Math.abs(Math.toRadians(pointing.fieldRotation())) * corner;
    return drift + 2 * pointing.dither() + turn + pointing.distortion();
  }

  private static boolean inside(PixelPoint pixel, FrameGeometry frame) {
    return pixel.x() > VARIABLE_EDGE
        && pixel.y() > VARIABLE_EDGE
        && pixel.x() < frame.lightWidth() - VARIABLE_EDGE
        && pixel.y() < frame.lightHeight() - VARIABLE_EDGE;
  }

  /** Colours: two humps of solar-type stars and red dwarfs; motions: disc stars at 0.3 … 5 kpc. */
  private static Star drawStar(long id, SkyPoint position, StarParameters p, CounterRandom random) {
    double magnitude = p.magnitudeAt(random.nextDouble());
    boolean red = random.nextDouble() < 0.3;
    double colour = red ? 1.9 + 0.35 * random.nextGaussian() : 0.85 + 0.2 * random.nextGaussian();
    double parallax = 0.2 * Math.exp(random.nextDouble() * Math.log(16));
    double speed = 10 * parallax;
    return new Star(
        id,
        position,
        magnitude,
        Math.clamp(colour, -0.3, 3.5),
        speed * random.nextGaussian(),
        speed * random.nextGaussian(),
        parallax,
        Variability.CONSTANT);
  }

  private static void makeVariable(
      List<Star> stars, List<Integer> candidates, SimulationParameters p) {
    CounterRandom random = Purpose.VARIABLES.open(p.seed());
    double visit = p.observation().visitLength();
    int wanted = p.stars().sinusoidalVariables() + p.stars().eclipsingVariables();
    for (int i = 0; i < Math.min(wanted, candidates.size()); i++) {
      int pick = i + random.nextInt(candidates.size() - i);
      int index = candidates.get(pick);
      candidates.set(pick, candidates.get(i));
      Variability variability =
          i < p.stars().sinusoidalVariables()
              ? new Variability(
                  Variability.Kind.SINUSOID,
                  random.uniform(0.1, 0.5),
                  visit * random.uniform(0.4, 2),
                  random.nextDouble())
              : eclipse(visit, random);
      stars.set(index, stars.get(index).varying(variability));
    }
  }

  /** An eclipse whose middle falls into the middle half of the visit. */
  private static Variability eclipse(double visit, CounterRandom random) {
    double period = visit * random.uniform(1.2, 3);
    double middle = visit * random.uniform(0.25, 0.75);
    return new Variability(
        Variability.Kind.ECLIPSE, random.uniform(0.3, 1), period, 1 - middle / period);
  }

  /** Asteroids in the inner part of the field that move 3 … 8 px during the visit. */
  private static List<Mover> drawMovers(SimulationParameters p) {
    CounterRandom random = Purpose.MOVERS.open(p.seed());
    List<Mover> movers = new ArrayList<>();
    for (int i = 0; i < p.stars().movers(); i++) {
      PixelPoint start =
          new PixelPoint(
              p.frame().lightWidth() * random.uniform(0.1, 0.9),
              p.frame().lightHeight() * random.uniform(0.1, 0.9));
      double rate = random.uniform(3, 8) / p.observation().visitLength();
      double angle = random.uniform(0, 2 * Math.PI);
      movers.add(
          new Mover(
              i + 1L,
              start,
              rate * Math.cos(angle),
              rate * Math.sin(angle),
              random.uniform(15, 17.5)));
    }
    return List.copyOf(movers);
  }
}
