package io.github.starlane.cli;

import picocli.CommandLine.Option;

/** How a verb talks: options of every verb. */
final class OutputOptions {

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what was assumed and chosen; -vv for everything, with stack traces.")
  private boolean[] verbose = {};

  @Option(
      names = "--json",
      description = "Write events to standard output, one JSON object per line.")
  private boolean json;

  Verbosity verbosity() {
    if (verbose.length > 1) {
      return Verbosity.DEBUG;
    } else if (verbose.length == 1) {
      return Verbosity.INFO;
    }
    return quiet ? Verbosity.QUIET : Verbosity.NORMAL;
  }

  boolean json() {
    return json;
  }

  /** The listener that these options ask for. */
  Events events(Console console) {
    if (!json) {
      return new TextEvents(console, verbosity());
    }
    // Without a terminal the same things need not be said twice.
    Verbosity people = console.isTerminal() ? verbosity() : Verbosity.QUIET;
    return new JsonEvents(console, new TextEvents(console, people, false));
  }
}
