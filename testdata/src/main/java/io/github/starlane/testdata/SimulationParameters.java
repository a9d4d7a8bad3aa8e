package io.github.starlane.testdata;

import java.util.Arrays;
import java.util.List;

/**
 * Everything a simulated visit depends on. Equal parameters give equal bytes.
 *
 * @param seed seed of every random choice
 * @param frame size of the raw frames
 * @param psf image of a star
 * @param stars what is in the sky
 * @param sky throughput, night sky and their changes
 * @param detector camera
 * @param pointing direction and geometry
 * @param observation exposures, times and names
 * @param events cosmic rays and streaks
 */
public record SimulationParameters(
    long seed,
    FrameGeometry frame,
    PsfParameters psf,
    StarParameters stars,
    SkyParameters sky,
    DetectorParameters detector,
    PointingParameters pointing,
    ObservationParameters observation,
    EventParameters events) {

  /** For tests: a light area of 256 × 256, 3 epochs, 3 darks, 3 flats; well under a second. */
  public static SimulationParameters tiny() {
    return last().toBuilder()
        .lightArea(256, 256)
        .exposures(3, 3, 3)
        .stars(StarParameters.defaults().withVariablesAndMovers(2, 1, 1))
        .events(new EventParameters(30, 1200, 1, 900))
        .pointing(PointingParameters.defaults().withDistortion(0.5))
        .build();
  }

  /**
   * A small LAST-like visit: a light area of 1300 × 1200, 20 epochs, 9 darks and 6 flats, 115 MB.
   */
  public static SimulationParameters demo() {
    return last().toBuilder()
        .lightArea(1300, 1200)
        .exposures(20, 9, 6)
        .stars(StarParameters.defaults())
        .pointing(PointingParameters.defaults().withDistortion(2))
        .build();
  }

  /**
   * A LAST visit in full size: raw frames of 6422 × 9600, 20 epochs, 10 darks and 8 flats, 4.7 GB.
   */
  public static SimulationParameters last() {
    return new SimulationParameters(
        20260115,
        new FrameGeometry(6388, 9576, 34, 24),
        PsfParameters.defaults(),
        StarParameters.defaults().withVariablesAndMovers(60, 30, 25),
        SkyParameters.defaults(),
        DetectorParameters.defaults(),
        PointingParameters.defaults(),
        ObservationParameters.defaults(),
        EventParameters.defaults());
  }

  /** A builder that starts from these parameters. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * These parameters with one value replaced, named by its path, for example {@code psf.fwhm} or
   * {@code seed}.
   *
   * @param path group and component, or a component of this record
   * @param value the new value as text
   * @throws IllegalArgumentException if there is no such parameter (the message lists those there
   *     are) or the text is no value of its type or range
   */
  public SimulationParameters with(String path, String value) {
    return (SimulationParameters)
        RecordEditor.replace(this, Arrays.asList(path.split("\\.")), value);
  }

  /** The paths that {@link #with} takes, in order of declaration. */
  public List<String> paths() {
    return RecordEditor.paths(this);
  }

  /** Changes a few parameters of a preset. */
  public static final class Builder {
    private long seed;
    private FrameGeometry frame;
    private PsfParameters psf;
    private StarParameters stars;
    private SkyParameters sky;
    private DetectorParameters detector;
    private PointingParameters pointing;
    private ObservationParameters observation;
    private EventParameters events;

    private Builder(SimulationParameters p) {
      seed = p.seed;
      frame = p.frame;
      psf = p.psf;
      stars = p.stars;
      sky = p.sky;
      detector = p.detector;
      pointing = p.pointing;
      observation = p.observation;
      events = p.events;
    }

    /** Sets the seed of every random choice. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets the size of the light area; overscan and unexposed rows stay. */
    public Builder lightArea(int width, int height) {
      return frame(
          new FrameGeometry(width, height, frame.overscanColumns(), frame.unexposedRows()));
    }

    /** Sets the numbers of science, dark and flat exposures. */
    public Builder exposures(int epochs, int darks, int flats) {
      return observation(observation.withCounts(epochs, darks, flats));
    }

    /** Sets the frame geometry. */
    public Builder frame(FrameGeometry value) {
      frame = value;
      return this;
    }

    /** Sets the point-spread function. */
    public Builder psf(PsfParameters value) {
      psf = value;
      return this;
    }

    /** Sets what is in the sky. */
    public Builder stars(StarParameters value) {
      stars = value;
      return this;
    }

    /** Sets throughput and night sky. */
    public Builder sky(SkyParameters value) {
      sky = value;
      return this;
    }

    /** Sets the camera. */
    public Builder detector(DetectorParameters value) {
      detector = value;
      return this;
    }

    /** Sets direction and geometry. */
    public Builder pointing(PointingParameters value) {
      pointing = value;
      return this;
    }

    /** Sets exposures, times and names. */
    public Builder observation(ObservationParameters value) {
      observation = value;
      return this;
    }

    /** Sets cosmic rays and streaks. */
    public Builder events(EventParameters value) {
      events = value;
      return this;
    }

    /** The parameters as they stand now. */
    public SimulationParameters build() {
      return new SimulationParameters(
          seed, frame, psf, stars, sky, detector, pointing, observation, events);
    }
  }
}
