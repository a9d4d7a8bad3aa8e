package io.github.starlane.core.calibration;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.instrument.FrameType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the masters for a group of science frames: those the user gives, else made from the raw
 * calibration frames of the same camera and size. A master that two groups share is made once.
 */
public final class CalibrationLibrary {
  private static final double FALLBACK_READ_NOISE = 5;

  /**
   * Masters that the user gives; each may be null.
   *
   * @param bias path of a master bias
   * @param dark path of a master dark
   * @param flat path of a master flat
   */
  public record Given(Path bias, Path dark, Path flat) {}

  private final List<Exposure> frames;
  private final Given given;
  private final boolean allowUncalibrated;
  private final MasterBuilder builder;
  private final MasterReader reader;
  private final Map<String, Optional<MasterFrame>> made = new LinkedHashMap<>();

  /** A library over these raw calibration frames. */
  public CalibrationLibrary(
      List<Exposure> frames,
      Given given,
      boolean allowUncalibrated,
      MasterBuilder builder,
      MasterReader reader) {
    this.frames = frames;
    this.given = given;
    this.allowUncalibrated = allowUncalibrated;
    this.builder = builder;
    this.reader = reader;
  }

  /** All masters that have been made or read so far. */
  public List<MasterFrame> masters() {
    return made.values().stream().flatMap(Optional::stream).toList();
  }

  /** What would be chosen for a group, in words. */
  public List<String> plan(Exposure like) {
    List<String> lines = new ArrayList<>();
    lines.add("bias: " + describe(given.bias(), of(FrameType.BIAS, like)));
    lines.add("dark: " + describe(given.dark(), nearestDarks(like)));
    lines.add("flat: " + describe(given.flat(), flats(like)));
    return lines;
  }

  private static String describe(Path path, List<Exposure> candidates) {
    if (path != null) {
      return "given, " + path;
    }
    return candidates.isEmpty() ? "none" : "to be made from " + candidates.size() + " raw frames";
  }

  /**
   * The masters for frames like this one.
   *
   * @throws StarlaneException (exit code 4) if a dark (or bias) or a flat is missing, unless the
   *     user allows that
   */
  public CalibrationSet choose(Exposure like) {
    List<String> notes = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    MasterFrame bias = bias(like);
    MasterFrame dark = dark(like, bias);
    MasterFrame flat = flat(like, bias, dark);
    if (dark == null && bias == null) {
      missing("dark", nearestDarks(like), like, warnings);
    } else if (dark == null) {
      warnings.add("no dark frame: the dark current is not subtracted");
    }
    if (flat == null) {
      missing("flat", flats(like), like, warnings);
    }
    for (MasterFrame master : new MasterFrame[] {bias, dark, flat}) {
      if (master != null) {
        notes.add(master.name());
        notes.addAll(master.notes());
      }
    }
    if (dark != null
        && dark.containsBias()
        && Math.abs(dark.exposureTime() - like.exposureTime()) > 0.01 * like.exposureTime()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the dark of %.4g s is used unscaled for exposures of %.4g s, because the bias is still in it",
              dark.exposureTime(),
              like.exposureTime()));
    }
    double readNoise = readNoise(like, bias, notes);
    notes.addAll(warnings);
    return new CalibrationSet(
        bias, dark, flat, readNoise, List.copyOf(notes), List.copyOf(warnings));
  }

  /** Says so if the camera's calibration frames are there, but of another size than the frame. */
  private void refuseOtherSize(Exposure like) {
    for (Exposure frame : frames) {
      boolean calibration = frame.type() != FrameType.SCIENCE && frame.type() != FrameType.OTHER;
      boolean sameSize = frame.width() == like.width() && frame.height() == like.height();
      if (calibration && frame.camera().equals(like.camera()) && !sameSize) {
        throw new StarlaneException(
            ExitCode.CALIBRATION_MISSING,
            "the frame has another size than the calibration frames of its camera",
            like.file().toString(),
            String.format(
                Locale.ROOT,
                "it is %d x %d, they are %d x %d (%s)",
                like.width(),
                like.height(),
                frame.width(),
                frame.height(),
                frame.name()),
            "leave it out, or add calibration frames of its size");
      }
    }
  }

  private void missing(String kind, List<Exposure> unusable, Exposure like, List<String> warnings) {
    if (!allowUncalibrated) {
      refuseOtherSize(like);
      throw new StarlaneException(
          ExitCode.CALIBRATION_MISSING,
          "no " + kind + " frame",
          "camera "
              + like.camera()
              + ", filter "
              + like.filter()
              + ", "
              + like.width()
              + " x "
              + like.height(),
          unusable.isEmpty()
              ? "neither raw "
                  + kind
                  + " frames of this camera and size are among the inputs nor a master is given"
              : "none of the "
                  + unusable.size()
                  + " raw "
                  + kind
                  + " frames can be used: each is underexposed, saturated or damaged",
          "add them, give --" + kind + " FILE, or go on without with --allow-uncalibrated");
    }
    warnings.add("no " + kind + " frame: the frames are reduced without");
  }

  private static double readNoise(Exposure like, MasterFrame bias, List<String> notes) {
    if (Double.isFinite(like.readNoise())) {
      return like.readNoise();
    }
    if (bias != null && Double.isFinite(bias.readNoise())) {
      double measured = bias.readNoise() * like.gain();
      notes.add(
          String.format(
              Locale.ROOT,
              "the read noise is not in the header: %.2f electron measured from the bias frames",
              measured));
      return measured;
    }
    notes.add("the read noise is unknown: " + FALLBACK_READ_NOISE + " electron are assumed");
    return FALLBACK_READ_NOISE;
  }

  private MasterFrame bias(Exposure like) {
    if (given.bias() != null) {
      return once(
          "bias " + given.bias() + size(like),
          () -> reader.read(given.bias(), MasterFrame.Kind.BIAS, like));
    }
    List<Exposure> biases = of(FrameType.BIAS, like);
    return biases.isEmpty()
        ? null
        : once("bias " + like.camera() + size(like), () -> builder.bias(biases));
  }

  private MasterFrame dark(Exposure like, MasterFrame bias) {
    if (given.dark() != null) {
      return once(
          "dark " + given.dark() + size(like),
          () -> reader.read(given.dark(), MasterFrame.Kind.DARK, like));
    }
    List<Exposure> darks = nearestDarks(like);
    return darks.isEmpty()
        ? null
        : once(
            "dark " + like.camera() + size(like) + roundedTime(darks.get(0)),
            () -> builder.dark(darks, bias));
  }

  private MasterFrame flat(Exposure like, MasterFrame bias, MasterFrame dark) {
    if (given.flat() != null) {
      return once(
          "flat " + given.flat() + size(like),
          () -> reader.read(given.flat(), MasterFrame.Kind.FLAT, like));
    }
    List<Exposure> flats = flats(like);
    return flats.isEmpty()
        ? null
        : once(
            "flat " + like.camera() + size(like) + like.filter(),
            () -> builder.flat(flats, dark != null && dark.containsBias() ? null : bias, dark));
  }

  private MasterFrame once(String key, Supplier<MasterFrame> make) {
    Optional<MasterFrame> master = made.get(key);
    if (master == null) {
      master = Optional.ofNullable(make.get());
      made.put(key, master);
    }
    return master.orElse(null);
  }

  private static String size(Exposure like) {
    return " " + like.width() + "x" + like.height() + " " + like.light().toLast() + " ";
  }

  private List<Exposure> of(FrameType type, Exposure like) {
    return frames.stream()
        .filter(
            f ->
                f.type() == type
                    && f.camera().equals(like.camera())
                    && f.width() == like.width()
                    && f.height() == like.height())
        .toList();
  }

  private List<Exposure> flats(Exposure like) {
    return of(FrameType.FLAT, like).stream()
        .filter(f -> f.filter().equalsIgnoreCase(like.filter()))
        .toList();
  }

  /** To three digits: headers tell the time that the shutter was open to the millisecond. */
  private static double roundedTime(Exposure dark) {
    return new BigDecimal(dark.exposureTime()).round(new MathContext(3)).doubleValue();
  }

  /** The darks whose exposure time is nearest; among equally near ones the longer. */
  private List<Exposure> nearestDarks(Exposure like) {
    Map<Double, List<Exposure>> byTime =
        of(FrameType.DARK, like).stream()
            .collect(
                Collectors.groupingBy(
                    CalibrationLibrary::roundedTime, TreeMap::new, Collectors.toList()));
    return byTime.entrySet().stream()
        .min(
            Comparator.comparingDouble(
                    (Map.Entry<Double, List<Exposure>> e) ->
                        Math.abs(e.getKey() - like.exposureTime()))
                .thenComparingDouble(e -> -e.getKey()))
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }
}
