package io.github.starlane.cli;

import io.github.starlane.core.pipeline.ReductionOutcome;
import io.github.starlane.core.pipeline.ReductionRequest;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reduce",
    description = "Reduce raw frames to catalogues, coadds and a report.",
    footer = {
      "",
      "Examples:",
      "  starlane reduce night1 -o out",
      "      All frames below night1: bias, dark and flat frames become masters,",
      "      science frames are grouped into visits and reduced.",
      "  starlane reduce raw -o out --dark dark.fits --flat flat.fits",
      "      With finished masters.",
      "  starlane reduce raw -o out --catalog stars.fits",
      "      With reference stars: world coordinates and magnitudes.",
      "  starlane reduce raw -o out --instrument mine.yaml --set crop.size=900",
      "      With an instrument profile of your own and one setting changed.",
      "  starlane reduce raw -o out --dry-run",
      "      Only say what would be done."
    })
final class ReduceCommand extends Verb {

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files and folders of raw frames; folders are searched recursively.")
  private List<Path> inputs;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for the products; made if absent.")
  private Path out;

  @Mixin private WorkOptions work = new WorkOptions();

  @Option(
      names = "--instrument",
      paramLabel = "NAME|FILE",
      description = "Instrument profile by name, or a YAML file; chosen by header if not given.")
  private String instrument;

  @Option(names = "--bias", paramLabel = "FILE", description = "Finished master bias.")
  private Path bias;

  @Option(
      names = "--dark",
      paramLabel = "FILE",
      description = "Finished master dark; taken to contain the bias unless its header denies it.")
  private Path dark;

  @Option(names = "--flat", paramLabel = "FILE", description = "Finished master flat.")
  private Path flat;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "FITS table of reference stars for astrometry and photometry.")
  private Path catalog;

  @Option(
      names = "--allow-uncalibrated",
      description = "Go on where no dark or flat is found, instead of exit code 4.")
  private boolean allowUncalibrated;

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description = "Truth folder of a simulation, to compare with in the report.")
  private Path truth;

  ReduceCommand(Services services) {
    super(services);
  }

  @Override
  int run(Events events) {
    ReductionRequest request =
        new ReductionRequest(
            List.copyOf(inputs),
            out,
            instrument,
            bias,
            dark,
            flat,
            catalog,
            work.config(),
            work.settings(),
            work.backend(),
            work.threads(),
            allowUncalibrated,
            work.dryRun(),
            truth);
    VectorModule.load();
    ReductionOutcome outcome = services().reducer().run(request, events);
    OutcomeText.tell(outcome, events);
    result(OutcomeText.fields(outcome));
    return outcome.exitCode().number();
  }
}
