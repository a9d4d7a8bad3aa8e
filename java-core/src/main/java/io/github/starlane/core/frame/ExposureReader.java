package io.github.starlane.core.frame;

import io.github.starlane.core.ExitCode;
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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a frame's header through its instrument's profile; says what was missing and what was
 * assumed instead.
 */
public final class ExposureReader {
  private final InstrumentProfiles profiles;

  /** A reader that chooses among these profiles. */
  public ExposureReader(InstrumentProfiles profiles) {
    this.profiles = profiles;
  }

  /**
   * Describes a frame.
   *
   * @throws StarlaneException (exit code 3) if the file is no readable FITS image
   */
  public Exposure read(Path path) {
    try (FitsFile file = FitsFile.open(path)) {
      FitsHdu hdu =
          file.firstImage()
              .orElseThrow(
                  () ->
                      new StarlaneException(
                          ExitCode.UNREADABLE_INPUT,
                          "cannot use the frame",
                          path.toString(),
                          "it holds no two-dimensional image",
                          "leave it out"));
      FitsHeader header =
          hdu.index() == 0 ? hdu.header() : hdu.header().over(file.hdus().get(0).header());
      return new Description(path, hdu, header, profiles.choose(path, header), file.remarks())
          .exposure();
    }
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
          orAssume(Quantity.GAIN, 1, "the gain is unknown: 1 electron/ADU is assumed"),
          number(Quantity.READ_NOISE).orElse(Double.NaN),
          orAssume(
              Quantity.SATURATION,
              fullScale(),
              "the saturation level is unknown: full scale is assumed"),
          number(Quantity.NON_LINEAR).orElse(Double.POSITIVE_INFINITY),
          number(Quantity.DARK_CURRENT).orElse(0),
          angle("ra", Quantity.RIGHT_ASCENSION, true),
          angle("dec", Quantity.DECLINATION, false),
          number(Quantity.PIXEL_SCALE).orElse(Double.NaN),
          number(Quantity.TEMPERATURE).orElse(Double.NaN),
          number(Quantity.AIRMASS).orElse(Double.NaN),
          (int) number(Quantity.COUNTER).orElse(-1),
          List.copyOf(remarks));
    }

    private FrameType type(double exposureTime) {
      Optional<FrameType> type = Optional.empty();
      for (String keyword : profile.keywords().getOrDefault("type", List.of())) {
        type = type.or(() -> header.string(keyword).flatMap(this::translate));
      }
      type = type.or(() -> fromName("type").flatMap(this::translate)).or(this::typeFromPath);
      if (type.isEmpty()) {
        remarks.add("the frame type is unknown: taken for a science frame");
      }
      if (type.filter(FrameType.DARK::equals).isPresent() && exposureTime == 0) {
        remarks.add("a dark of zero exposure time is a bias");
        return FrameType.BIAS;
      }
      return type.orElse(FrameType.SCIENCE);
    }

    private Optional<FrameType> translate(String value) {
      return FrameType.parse(profile.frameTypes().getOrDefault(value, value));
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

    private static Optional<FrameType> wordIn(String name) {
      for (String word : name.split("[^A-Za-z]+")) {
        Optional<FrameType> type = FrameType.parse(word.replaceAll("(?i)s$", ""));
        if (type.isPresent()) {
          return type;
        }
      }
      return Optional.empty();
    }

    private double exposureTime() {
      OptionalDouble value = number(Quantity.EXPOSURE_TIME);
      if (value.isEmpty() || value.getAsDouble() < 0) {
        remarks.add("the exposure time is unknown: 0 s is assumed");
        return 0;
      }
      return value.getAsDouble();
    }

    private double midJd(double exposureTime) {
      OptionalDouble mid = number(Quantity.MID_JD);
      if (mid.isPresent()) {
        return plausible(mid.getAsDouble());
      }
      OptionalDouble start = OptionalDouble.empty();
      Optional<String> date = text("dateObs");
      if (date.isPresent()) {
        start = Times.julianDate(date.get());
      }
      if (start.isEmpty()) {
        start = number(Quantity.START_JD);
      }
      return plausible(start.orElse(Double.NaN) + exposureTime / 2 / 86400);
    }

    /** Times outside 1980…2100 come from a clock or a keyword that is wrong. */
    private double plausible(double jd) {
      boolean good = jd > 2444239 && jd < 2488070;
      if (!good) {
        remarks.add(
            "the time of the exposure is missing or absurd: the order of file names is used");
      }
      return good ? jd : Double.NaN;
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
                .evaluate(key -> key.equals(camera) ? OptionalDouble.of(1) : header.number(key));
        if (value.isPresent()) {
          return value;
        }
      }
      return OptionalDouble.empty();
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
