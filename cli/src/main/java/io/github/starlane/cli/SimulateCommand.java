package io.github.starlane.cli;

import io.github.starlane.core.ExitCode;
import io.github.starlane.testdata.ObservationParameters;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.SimulationParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "simulate",
    description = "Simulate a visit: raw frames, calibration frames, catalogue and truth.",
    footer = {
      "",
      "Examples:",
      "  starlane simulate -o sim",
      "      A small LAST-like visit.",
      "  starlane simulate -o sim --preset last --epochs 3 --seed 7",
      "      Three full-size frames of another sky.",
      "  starlane simulate -o sim --preset tiny --size 512x384 --set psf.fwhm=3.1",
      "      A visit of very small frames in poor seeing."
    })
final class SimulateCommand extends Verb {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[xX×](\\d{1,5})");

  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for the frames; made if absent.")
  private Path out;

  @Option(
      names = {"-j", "--threads"},
      paramLabel = "N",
      converter = ThreadCount.class,
      description = "Worker threads; 0, the default, takes all processors.")
  private int threads;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "demo",
      description = "What to start from: tiny, demo (the default) or last (full size, 4.7 GB).")
  private Preset preset;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of every random choice.")
  private Long seed;

  @Option(names = "--epochs", paramLabel = "N", description = "Number of science frames.")
  private Integer epochs;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Columns and rows of the light area, as in 1200x900.")
  private String size;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One parameter, as in --set psf.fwhm=3.1. May be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--dry-run", description = "Print what would be simulated and do nothing.")
  private boolean dryRun;

  SimulateCommand(Services services) {
    super(services);
  }

  /** Named starting points. */
  enum Preset {
    tiny,
    demo,
    last;

    SimulationParameters parameters() {
      return switch (this) {
        case tiny -> SimulationParameters.tiny();
        case demo -> SimulationParameters.demo();
        case last -> SimulationParameters.last();
      };
    }
  }

  @Override
  int run(Events events) {
    SimulationParameters parameters = parameters();
    if (dryRun) {
      events.line(describe(parameters) + " would be written to " + out);
      events.data("plan", JsonEvents.fields("parameters", parameters.toString()));
    } else {
      SimulatedVisit visit =
          SimulationSteps.run(services().simulator(), parameters, out, threads, events);
      tell(visit, events);
    }
    return ExitCode.OK.number();
  }

  private void tell(SimulatedVisit visit, Events events) {
    events.line(describe(visit.parameters()) + " in " + out);
    events.line("reference catalogue: " + visit.referenceCatalog());
    events.line(
        "reduce it with: starlane reduce "
            + out.resolve("raw")
            + " "
            + out.resolve("calib")
            + " -o OUT --catalog "
            + visit.referenceCatalog()
            + " --truth "
            + visit.truthStars().getParent());
    result(
        "science",
        visit.science().stream().map(Path::toString).toList(),
        "darks",
        visit.darks().stream().map(Path::toString).toList(),
        "flats",
        visit.flats().stream().map(Path::toString).toList(),
        "referenceCatalog",
        visit.referenceCatalog().toString(),
        "truth",
        visit.truthStars().getParent().toString());
  }

  static String describe(SimulationParameters p) {
    ObservationParameters o = p.observation();
    return String.format(
        Locale.ROOT,
        "%d science frames, %d darks and %d flats of %d × %d pixels, seed %d",
        o.epochs(),
        o.darks(),
        o.flats(),
        p.frame().lightWidth(),
        p.frame().lightHeight(),
        p.seed());
  }

  private SimulationParameters parameters() {
    try {
      SimulationParameters.Builder builder = preset.parameters().toBuilder();
      if (seed != null) {
        builder.seed(seed);
      }
      if (size != null) {
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
          throw new IllegalArgumentException("--size must be like 1200x900, not '" + size + "'");
        }
        builder.lightArea(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
      }
      SimulationParameters parameters = builder.build();
      if (epochs != null) {
        ObservationParameters o = parameters.observation();
        parameters = parameters.toBuilder().exposures(epochs, o.darks(), o.flats()).build();
      }
      return withSettings(parameters);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private SimulationParameters withSettings(SimulationParameters parameters) {
    SimulationParameters changed = parameters;
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("--set wants KEY=VALUE, not '" + setting + "'");
      }
      changed = changed.with(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return changed;
  }
}
