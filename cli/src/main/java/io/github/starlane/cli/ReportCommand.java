package io.github.starlane.cli;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.report.MetricsFile;
import io.github.starlane.core.report.ReportWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = "Draw report.html again from the metrics.json of a reduction.",
    footer = {
      "",
      "Examples:",
      "  starlane report out",
      "      Reads out/metrics.json, writes out/report.html."
    })
final class ReportCommand extends Verb {

  @Parameters(paramLabel = "OUT", description = "Output folder of a finished reduction.")
  private Path folder;

  ReportCommand(Services services) {
    super(services);
  }

  @Override
  int run(Events events) {
    Path html = folder.resolve(ReportWriter.NAME);
    ReportWriter.write(MetricsFile.read(folder.resolve(MetricsFile.NAME)), html);
    events.line("report: " + html);
    result("report", html.toString());
    return ExitCode.OK.number();
  }
}
