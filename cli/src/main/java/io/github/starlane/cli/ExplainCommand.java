package io.github.starlane.cli;

import io.github.starlane.cli.Glossary.Kind;
import io.github.starlane.core.ExitCode;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Explain an exit code, a mask bit, a column, a header keyword or a term.",
    footer = {
      "",
      "Examples:",
      "  starlane explain 4",
      "  starlane explain CR_Laplacian",
      "  starlane explain MAG_APER_3",
      "  starlane explain ST_KURT",
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
      list("Can be explained: ", glossary.names(Kind.TERM), events);
      list("Columns: ", glossary.names(Kind.COLUMN), events);
      list("Header keywords: ", glossary.names(Kind.KEYWORD), events);
      result(
          "terms", glossary.names(Kind.TERM),
          "columns", glossary.names(Kind.COLUMN),
          "keywords", glossary.names(Kind.KEYWORD));
      return ExitCode.OK.number();
    }
    String term = String.join(" ", words);
    List<Glossary.Entry> found = glossary.find(term);
    if (found.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Nothing is known about '" + term + "'; the nearest is '" + glossary.nearest(term) + "'");
    }
    found.forEach(entry -> events.line(entry.name() + ": " + entry.text()));
    String text = found.stream().map(Glossary.Entry::text).collect(Collectors.joining("\n"));
    result("term", found.get(0).name(), "text", text);
    return ExitCode.OK.number();
  }

  private static void list(String head, List<String> names, Events events) {
    events.line(head + String.join(", ", names));
  }
}
