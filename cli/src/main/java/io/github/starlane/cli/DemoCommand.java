package io.github.starlane.cli;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.pipeline.ReductionOutcome;
import io.github.starlane.core.pipeline.ReductionRequest;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.SimulationParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = "Simulate a small visit, reduce it, and compare the result with the truth.",
    footer = {
      "",
      "Examples:",
      "  starlane demo",
      "      Into the folder starlane-demo; the report is starlane-demo/out/report.html.",
      "  starlane demo -o elsewhere --force",
      "      Into a folder that is already there."
    })
final class DemoCommand extends Verb {

  /** So that the small demo frame still has several crops. */
  static final String SMALL_CROPS = "crop.size=800";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "starlane-demo",
      description = "Folder for everything; starlane-demo if not given.")
  private Path out;

  @Option(names = "--force", description = "Use the folder even if it is not empty.")
  private boolean force;

  @Mixin private WorkOptions work = new WorkOptions();

  DemoCommand(Services services) {
    super(services);
  }

  @Override
  int run(Events events) {
    SimulationParameters parameters = SimulationParameters.demo();
    Path simulated = out.resolve("sim");
    Path products = out.resolve("out");
    if (work.dryRun()) {
      events.line(SimulateCommand.describe(parameters) + " would be written to " + simulated);
      events.line("and reduced to " + products);
      events.data(
          "plan", JsonEvents.fields("simulated", simulated.toString(), "out", products.toString()));
      return ExitCode.OK.number();
    }
    refuseUsedFolder();
    VectorModule.load();
    SimulatedVisit visit =
        SimulationSteps.run(services().simulator(), parameters, simulated, work.threads(), events);
    ReductionOutcome outcome = services().reducer().run(request(visit, products), events);
    OutcomeText.tell(outcome, events);
    result(OutcomeText.fields(outcome));
    return outcome.exitCode().number();
  }

  private ReductionRequest request(SimulatedVisit visit, Path products) {
    List<Path> frames = new ArrayList<>(visit.science());
    frames.addAll(visit.darks());
    frames.addAll(visit.flats());
    List<String> settings = new ArrayList<>(List.of(SMALL_CROPS));
    settings.addAll(work.settings());
    return new ReductionRequest(
        frames,
        products,
        null,
        null,
        null,
        null,
        visit.referenceCatalog(),
        work.config(),
        settings,
        work.backend(),
        work.threads(),
        false,
        false,
        visit.truthStars().getParent());
  }

  private void refuseUsedFolder() {
    if (force || !Files.exists(out)) {
      return;
    }
    try (Stream<Path> content = Files.list(out)) {
      if (content.findAny().isEmpty()) {
        return;
      }
    } catch (IOException e) {
      throw new StarlaneException(
          ExitCode.USAGE,
          "cannot use the folder for the demo",
          out.toString(),
          "it is not a folder that can be read",
          "name another with -o",
          e);
    }
    throw new StarlaneException(
        ExitCode.USAGE,
        "will not write the demo",
        out.toString(),
        "the folder is not empty",
        "name another with -o, or reuse this one with --force");
  }
}
