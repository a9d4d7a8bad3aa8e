package io.github.starlane.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One verb of the program. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class Verb implements Callable<Integer> {

  private final Services services;
  private final Map<String, Object> result = new LinkedHashMap<>();

  @Mixin private OutputOptions output = new OutputOptions();

  Verb(Services services) {
    this.services = services;
  }

  @Override
  public final Integer call() {
    try (Events events = output.events(services.console())) {
      Logs.configure(output.verbosity(), output.json() ? events : null, services.console());
      int code = run(events);
      Map<String, Object> end = JsonEvents.fields("exitCode", code);
      end.putAll(result);
      events.data("end", end);
      return code;
    }
  }

  /** Puts more into the event {@code end}, with which every run that does not fail ends. */
  final void result(Object... namesAndValues) {
    result.putAll(JsonEvents.fields(namesAndValues));
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
