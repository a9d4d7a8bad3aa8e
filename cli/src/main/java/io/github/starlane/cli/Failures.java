package io.github.starlane.cli;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into a sentence or two and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  /** A defect of the program itself, told apart from a run of which some units failed. */
  static final int INTERNAL_ERROR = 70;

  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parseResult) {
    if (exception instanceof ParameterException usage) {
      return handleParseException(usage, parseResult.originalArgs().toArray(new String[0]));
    }
    return tell(exception, commandLine.getCommand());
  }

  /** As {@link #tell(Throwable, boolean, boolean)}, in the way that the command was asked to. */
  int tell(Throwable failure, Object command) {
    return command instanceof Verb verb
        ? tell(failure, verb.output().verbosity() == Verbosity.DEBUG, verb.output().json())
        : tell(failure, false, false);
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    String verb = exception.getCommandLine().getCommandSpec().qualifiedName();
    String help = "See '" + verb + " --help'.";
    console.message("starlane: " + lowerFirst(exception.getMessage()));
    nearest(exception).ifPresent(word -> console.message("  Did you mean '" + word + "'?"));
    console.message("  " + help);
    int code = ExitCode.USAGE.number();
    // The words themselves, as they may not have been understood as far as this option.
    if (List.of(arguments).contains("--json")) {
      tellAsJson("usage", verb, exception.getMessage(), help, code);
    }
    return code;
  }

  /** The option or verb that a word nobody knows was meant to be. */
  private static Optional<String> nearest(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Optional.empty();
    }
    CommandLine commandLine = exception.getCommandLine();
    String word = unmatched.getUnmatched().get(0);
    Collection<String> known =
        word.startsWith("-")
            ? commandLine.getCommandSpec().optionsMap().keySet()
            : commandLine.getSubcommands().keySet();
    return known.isEmpty() ? Optional.empty() : Optional.of(Spelling.nearest(word, known));
  }

  /**
   * Tells of a failure.
   *
   * @return the exit code
   */
  int tell(Throwable failure, boolean stackTrace, boolean json) {
    console.clearStatus();
    StarlaneException told = asTold(failure);
    int code = told == null ? INTERNAL_ERROR : told.exitCode().number();
    if (told != null) {
      console.message("starlane: " + told.what() + ": " + told.where() + ": " + told.why());
      console.message("  " + sentence(told.remedy()));
    } else {
      console.message(
          "starlane: internal error ("
              + failure
              + "); please report it"
              + (stackTrace ? "" : "; -vv shows the details"));
    }
    if (stackTrace) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      console.message(trace.toString().stripTrailing());
    }
    if (json && told == null) {
      tellAsJson("internal error", null, failure.toString(), "please report it", code);
    } else if (json) {
      tellAsJson(told.what(), told.where(), told.why(), told.remedy(), code);
    }
    return code;
  }

  private void tellAsJson(String what, String where, String why, String remedy, int code) {
    new JsonEvents(console, new TextEvents(console, Verbosity.QUIET, false))
        .data(
            "failure",
            JsonEvents.fields(
                "exitCode", code, "what", what, "where", where, "why", why, "remedy", remedy));
  }

  /** What the user can mend, among the causes, then among what they carry suppressed. */
  private static StarlaneException asTold(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof StarlaneException told) {
        return told;
      }
      if (t instanceof OutOfMemoryError) {
        return outOfMemory();
      }
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      for (Throwable suppressed : t.getSuppressed()) {
        StarlaneException told = asTold(suppressed);
        if (told != null) {
          return told;
        }
      }
    }
    return null;
  }

  private static StarlaneException outOfMemory() {
    return new StarlaneException(
        ExitCode.RESOURCE,
        "out of memory",
        String.format(Locale.ROOT, "heap of %.1f GB", Runtime.getRuntime().maxMemory() * 1e-9),
        "the frames being worked on do not fit",
        "use fewer threads with -j, or more memory with STARLANE_JAVA_OPTS=-Xmx8g");
  }

  private static String lowerFirst(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** Begins with a capital and ends with a stop, as remedies come in either way. */
  private static String sentence(String text) {
    if (text.isEmpty()) {
      return text;
    }
    String stop = text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? "" : ".";
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + stop;
  }
}
