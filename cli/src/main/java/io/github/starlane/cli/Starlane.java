package io.github.starlane.cli;

import io.github.starlane.testdata.Simulation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The program: names its verbs and runs one. */
@Command(
    name = "starlane",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Reduces telescope images: raw FITS frames in; catalogues, coadds and a report out.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Begin with:",
      "  starlane demo              simulate a visit, reduce it, compare with the truth",
      "  starlane reduce DIR -o OUT reduce your own frames",
      "  starlane detect IMG -o CAT find and measure the sources of one image",
      "  starlane VERB --help       all options of a verb, with examples",
      "",
      "Exit codes: 0 ok, 1 some units failed, 2 usage, 3 unreadable input, 4 calibration",
      "missing, 5 quality gate, 6 memory or disk, 7 device, 8 conflict, 70 internal error."
    })
public final class Starlane implements Runnable {

  private final CommandLine commandLine;
  private final Console console;

  private Starlane(Services services) {
    console = services.console();
    commandLine = new CommandLine(this);
    commandLine
        .addSubcommand(new DemoCommand(services))
        .addSubcommand(new ReduceCommand(services))
        .addSubcommand(new DetectCommand(services))
        .addSubcommand(new SimulateCommand(services))
        .addSubcommand(new ReportCommand(services))
        .addSubcommand(
            new CommandLine(new BenchCommand(services))
                .addSubcommand(new BenchCamerasCommand(services)))
        .addSubcommand(new DoctorCommand(services))
        .addSubcommand(new ExplainCommand(services));
    Failures failures = new Failures(console);
    commandLine
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpWidth(92)
        .setAbbreviatedOptionsAllowed(false);
  }

  /** The program; ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    Interruption interruption = Interruption.guard(console);
    int code = run(new Services(Pipeline.REDUCER, Simulation::run, console), arguments);
    interruption.workIsDone();
    System.exit(code);
  }

  /**
   * Runs one command line.
   *
   * @return the exit code
   */
  static int run(Services services, String... arguments) {
    Starlane program = new Starlane(services);
    try {
      return program.commandLine.execute(arguments);
    } catch (Error e) {
      // Of the errors, running out of memory is the user's business too.
      return new Failures(services.console()).tell(e, program.verb());
    }
  }

  /** The command that was given, the innermost; null if the words were not parsed to their end. */
  private Object verb() {
    ParseResult parsed = commandLine.getParseResult();
    while (parsed != null && parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed == null ? null : parsed.commandSpec().userObject();
  }

  /** Without a verb: show what there is. */
  @Override
  public void run() {
    commandLine.usage(commandLine.getErr());
    throw new CommandLine.ParameterException(commandLine, "Name a verb");
  }
}
