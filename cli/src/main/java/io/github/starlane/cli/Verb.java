package io.github.starlane.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One verb of the program. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class Verb implements Callable<Integer> {

  private final Services services;

  @Mixin private OutputOptions output = new OutputOptions();

  Verb(Services services) {
    this.services = services;
  }

  @Override
  public final Integer call() {
    try (Events events = output.events(services.console())) {
      Logs.configure(output.verbosity(), output.json() ? events : null, services.console());
      return run(events);
    }
  }

  /**
   * Does the work.
   *
   * @return the exit code
   */
  abstract int run(Events events);

  final Services services() {
    return services;
  }

  final OutputOptions output() {
    return output;
  }
}
