package io.github.starlane.cli;

import io.github.starlane.core.ExitCode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Explain an exit code, a mask bit, a column or a term of the report.",
    footer = {
      "",
      "Examples:",
      "  starlane explain 4",
      "  starlane explain CR_Laplacian",
      "  starlane explain zero point",
      "  starlane explain",
      "      Lists all that can be explained."
    })
final class ExplainCommand extends Verb {

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "TERM", description = "What to explain.")
  private List<String> words = List.of();

  ExplainCommand(Services services) {
    super(services);
  }

  @Override
  int run(Events events) {
    Glossary glossary = Glossary.load();
    if (words.isEmpty()) {
      events.line("Can be explained: " + String.join(", ", glossary.names()));
      result("terms", glossary.names());
      return ExitCode.OK.number();
    }
    String term = String.join(" ", words);
    Optional<Glossary.Entry> found = glossary.find(term);
    if (found.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Nothing is known about '" + term + "'; the nearest is '" + glossary.nearest(term) + "'");
    }
    events.line(found.get().name() + ": " + found.get().text());
    result("term", found.get().name(), "text", found.get().text());
    return ExitCode.OK.number();
  }
}
