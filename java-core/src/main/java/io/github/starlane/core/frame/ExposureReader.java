package io.github.starlane.core.frame;

import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.fits.FitsFile;
import io.github.starlane.core.fits.FitsHdu;
import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.instrument.Expression;
import io.github.starlane.core.instrument.FrameType;
import io.github.starlane.core.instrument.InstrumentProfile;
import io.github.starlane.core.instrument.InstrumentProfile.Quantity;
import io.github.starlane.core.instrument.InstrumentProfiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a frame's header through its instrument's profile; says what was missing and what was
 * assumed instead.
 */
public final class ExposureReader {
  private static final double LARGEST_GAIN = 20;
  private static final double COARSEST_SCALE = 300;

  /** Some cameras cannot write 0 s for a bias. */
  private static final double SHORTEST_DARK = 1e-3;

  private final InstrumentProfiles profiles;

  /** A reader that chooses among these profiles. */
  public ExposureReader(InstrumentProfiles profiles) {
    this.profiles = profiles;
  }

  /**
   * Describes a frame.
   *
   * @throws NoImageException if it is FITS but holds no image, e.g. a catalogue
   * @throws StarlaneException (exit code 3) if the file is no readable FITS image
   */
  public Exposure read(Path path) {
    try (FitsFile file = FitsFile.open(path)) {
      FitsHdu hdu = file.firstImage().orElseThrow(() -> new NoImageException(path));
      FitsHeader header =
          hdu.index() == 0 ? hdu.header() : hdu.header().over(file.hdus().get(0).header());
      return new Description(path, hdu, header, profiles.choose(path, header), remarks(file))
          .exposure();
    }
  }

  private static List<String> remarks(FitsFile file) {
    List<String> remarks = new ArrayList<>(file.remarks());
    long images =
        file.hdus().stream().filter(h -> h.isPlainImage() || h.isCompressedImage()).count();
    if (images > 1) {
      remarks.add("only the first of " + images + " images in a file is reduced");
    }
    return remarks;
  }

  /** The work on one frame. */
  private static final class Description {
    private final Path path;
    private final FitsHdu hdu;
    private final FitsHeader header;
    private final InstrumentProfile profile;
    private final Matcher name;
    private final List<String> remarks;
    private String camera = "";
    private boolean exposureTimeKnown;

    Description(
        Path path,
        FitsHdu hdu,
        FitsHeader header,
        InstrumentProfile profile,
        List<String> fileRemarks) {
      this.path = path;
      this.hdu = hdu;
      this.header = header;
      this.profile = profile;
      this.remarks = new ArrayList<>(fileRemarks);
      this.remarks.addAll(profile.notes());
      Matcher matcher =
          profile.fileName() == null
              ? null
              : Pattern.compile(profile.fileName()).matcher(path.getFileName().toString());
      this.name = matcher != null && matcher.matches() ? matcher : null;
    }

    Exposure exposure() {
      camera = text("camera").or(() -> fromName("camera")).orElse(profile.name());
      double exposureTime = exposureTime();
      FrameType type = type(exposureTime);
      InstrumentProfile.Geometry geometry = geometry();
      Section light = section("lightSection", geometry == null ? null : geometry.light());
      return new Exposure(
          path,
          hdu.index(),
          header,
          profile,
          type,
          camera,
          text("filter").or(() -> fromName("filter")).orElse("none"),
          fromName("field").or(() -> text("object")).orElse(""),
          hdu.width(),
          hdu.height(),
          light == null ? new Section(0, 0, hdu.width(), hdu.height()) : light,
          section("overscanSection", geometry == null ? null : geometry.overscan()),
          exposureTime,
          midJd(exposureTime),
          gain(),
          number(Quantity.READ_NOISE).orElse(Double.NaN),
          orAssume(
              Quantity.SATURATION,
              fullScale(),
              "the saturation level is unknown: full scale is assumed"),
          number(Quantity.NON_LINEAR).orElse(Double.POSITIVE_INFINITY),
          number(Quantity.DARK_CURRENT).orElse(0),
          inRange(angle("ra", Quantity.RIGHT_ASCENSION, true), 0, 360, "right ascension"),
          inRange(angle("dec", Quantity.DECLINATION, false), -90, 90, "declination"),
          number(Quantity.POINTING_ERROR).orElse(0),
          pixelScale(),
          number(Quantity.TEMPERATURE).orElse(Double.NaN),
          number(Quantity.AIRMASS).orElse(Double.NaN),
          (int) number(Quantity.COUNTER).orElse(-1),
          List.copyOf(remarks));
    }

    private FrameType type(double exposureTime) {
      Optional<FrameType> type = Optional.empty();
      if (header.string("CREATOR").filter(c -> c.startsWith("Starlane")).isPresent()) {
        remarks.add("products of Starlane are left out: they are no raw frames");
        return FrameType.OTHER;
      }
      for (String keyword : profile.keywords().getOrDefault("type", List.of())) {
        type = type.or(() -> header.string(keyword).flatMap(value -> translate(keyword, value)));
      }
      type = type.or(() -> fromName("type").flatMap(value -> translate("", value)));
      if (type.isEmpty()) {
        type = typeFromPath();
        remarks.add(
            type.isPresent()
                ? "the frame type is not in the header: taken from the names of file and folder"
                : "the frame type is unknown: taken for a science frame");
      }
      boolean zero = exposureTimeKnown && exposureTime <= SHORTEST_DARK;
      if (type.filter(FrameType.DARK::equals).isPresent() && zero) {
        remarks.add("a dark of zero exposure time is a bias");
        return FrameType.BIAS;
      }
      return type.orElse(FrameType.SCIENCE);
    }

    private Optional<FrameType> translate(String keyword, String value) {
      String translated = value;
      for (Map.Entry<String, String> entry : profile.frameTypes().entrySet()) {
        translated = entry.getKey().equalsIgnoreCase(value) ? entry.getValue() : translated;
      }
      // A target may be called "Dark cloud": only a whole word counts there.
      return keyword.equals("OBJECT") ? FrameType.ofWord(translated) : FrameType.parse(translated);
    }

    /** Without any other sign: words in the file's name, then in its folder's. */
    private Optional<FrameType> typeFromPath() {
      Path folder = path.toAbsolutePath().getParent();
      Optional<FrameType> type = wordIn(path.getFileName().toString());
      return type.or(
          () ->
              folder == null || folder.getFileName() == null
                  ? Optional.empty()
                  : wordIn(folder.getFileName().toString()));
    }

    /** By the first or the last word; those between may be anything ("M42-auto-dark-removed"). */
    private static Optional<FrameType> wordIn(String name) {
      String[] words =
          name.replaceAll("(?i)\\.(fits?|fts)(\\.gz|\\.fz)?$", "")
              .replaceAll("[^A-Za-z]+", " ")
              .strip()
              .split(" ");
      return FrameType.ofWord(words[0]).or(() -> FrameType.ofWord(words[words.length - 1]));
    }

    private double exposureTime() {
      OptionalDouble value = number(Quantity.EXPOSURE_TIME);
      if (value.isEmpty() || value.getAsDouble() < 0) {
        remarks.add("the exposure time is unknown: 0 s is assumed");
        return 0;
      }
      exposureTimeKnown = true;
      return value.getAsDouble();
    }

    private double midJd(double exposureTime) {
      double half = exposureTime / 2 / 86400;
      double[] candidates = {
        number(Quantity.MID_JD).orElse(Double.NaN),
        dateAndTime() + half,
        number(Quantity.START_JD).orElse(Double.NaN) + half,
        date() + half
      };
      for (double jd : candidates) {
        if (isPlausible(jd)) {
          return jd;
        }
      }
      remarks.add("the time of the exposure is missing or absurd: the order of file names is used");
      return Double.NaN;
    }

    /** Times outside 1980…2100 come from a clock or a keyword that is wrong. */
    private static boolean isPlausible(double jd) {
      return jd > 2444239 && jd < 2488070;
    }

    /** Start by a date with its time of day, which may stand in a keyword of its own. */
    private double dateAndTime() {
      Optional<String> date = text("dateObs");
      if (date.isPresent() && Times.isDateOnly(date.get())) {
        for (String keyword : profile.keywords().getOrDefault("timeObs", List.of())) {
          OptionalDouble hours =
              header.string(keyword).map(Angles::sexagesimal).orElse(OptionalDouble.empty());
          if (hours.isPresent()) {
            return date() + hours.getAsDouble() / 24;
          }
        }
        return Double.NaN;
      }
      return date();
    }

    /** Julian date of the date keyword as it stands; of a date alone its midnight. */
    private double date() {
      return text("dateObs")
          .map(Times::julianDate)
          .orElse(OptionalDouble.empty())
          .orElse(Double.NaN);
    }

    private double fullScale() {
      boolean unsigned = header.number("BZERO", 0) > 0;
      return switch (hdu.bitpix()) {
        case 8 -> 255;
        case 16 -> unsigned ? 65535 : 32767;
        default -> Double.POSITIVE_INFINITY;
      };
    }

    private InstrumentProfile.Geometry geometry() {
      for (InstrumentProfile.Geometry g : profile.geometries()) {
        boolean size =
            (g.width() == 0 || g.width() == hdu.width())
                && (g.height() == 0 || g.height() == hdu.height());
        if (size && (g.camera() == null || g.camera().equals(camera))) {
          return g;
        }
      }
      return null;
    }

    private Section section(String key, String fixed) {
      String value = fixed == null ? text(key).orElse(null) : fixed;
      if (value == null) {
        return null;
      }
      Optional<Section> section =
          Section.parse(value).filter(s -> s.fits(hdu.width(), hdu.height()));
      if (section.isEmpty()) {
        remarks.add("the section " + value + " does not lie inside the frame and is ignored");
      }
      return section.orElse(null);
    }

    private double angle(String textKey, Quantity quantity, boolean rightAscension) {
      for (String keyword : profile.keywords().getOrDefault(textKey, List.of())) {
        Optional<String> value = header.string(keyword);
        if (value.isPresent()) {
          OptionalDouble angle =
              rightAscension ? Angles.hours(value.get()) : Angles.sexagesimal(value.get());
          angle = angle.isPresent() ? angle : header.number(keyword);
          if (angle.isPresent()) {
            return angle.getAsDouble();
          }
        }
      }
      return number(quantity).orElse(Double.NaN);
    }

    private double inRange(double angle, double low, double high, String name) {
      if (angle < low || angle > high) {
        remarks.add("the " + name + " of the pointing is impossible and is ignored");
        return Double.NaN;
      }
      return angle;
    }

    /**
     * Cameras with a gain setting write that as GAIN; no detector of 16 bit has 20 electrons per
     * ADU.
     */
    private double gain() {
      OptionalDouble known = number(Quantity.GAIN);
      if (known.orElse(0) > LARGEST_GAIN && !header.has("EGAIN")) {
        remarks.add(
            "the gain in the header looks like a setting of the camera: 1 electron/ADU is assumed");
        return 1;
      }
      return orAssume(Quantity.GAIN, 1, "the gain is unknown: 1 electron/ADU is assumed");
    }

    private double pixelScale() {
      double scale = number(Quantity.PIXEL_SCALE).orElse(Double.NaN);
      if (scale <= 0 || scale > COARSEST_SCALE) {
        remarks.add("the pixel scale in the header is impossible and is ignored");
        return Double.NaN;
      }
      return scale;
    }

    private double orAssume(Quantity quantity, double value, String remark) {
      OptionalDouble known = number(quantity);
      if (known.isEmpty() || known.getAsDouble() <= 0) {
        remarks.add(remark);
        return value;
      }
      return known.getAsDouble();
    }

    private OptionalDouble number(Quantity quantity) {
      for (String formula : profile.numbers().getOrDefault(quantity.key(), List.of())) {
        OptionalDouble value =
            new Expression(formula)
                .evaluate(key -> key.equals(camera) ? OptionalDouble.of(1) : value(key));
        if (value.isPresent()) {
          return value;
        }
      }
      return OptionalDouble.empty();
    }

    private OptionalDouble value(String keyword) {
      // CRVAL is a position on the sky only where CTYPE says so.
      if (keyword.matches("CRVAL[12]")
          && !header.string(keyword.replace("CRVAL", "CTYPE")).orElse("").matches("(RA|DEC)-.*")) {
        return OptionalDouble.empty();
      }
      return header.number(keyword);
    }

    private Optional<String> text(String key) {
      return profile.keywords().getOrDefault(key, List.of()).stream()
          .flatMap(k -> header.string(k).stream())
          .findFirst();
    }

    private Optional<String> fromName(String group) {
      if (name == null || !profile.fileName().contains("(?<" + group + ">")) {
        return Optional.empty();
      }
      return Optional.ofNullable(name.group(group)).filter(v -> !v.isBlank());
    }
  }
}
