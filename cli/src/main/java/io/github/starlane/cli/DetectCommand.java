package io.github.starlane.cli;

import io.github.starlane.core.pipeline.DetectionOutcome;
import io.github.starlane.core.pipeline.DetectionRequest;
import io.github.starlane.core.pipeline.DetectionRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "detect",
    description = {
      "Find and measure the sources of calibrated images: background, varying PSF, cosmic rays,",
      "PSF and aperture photometry, blends, shapes."
    },
    footer = {
      "",
      "Examples:",
      "  starlane detect image.fits -o stars.fits",
      "      A FITS table of all sources; the image may be of any size and unit.",
      "  starlane detect image.fits -o stars.fits --gain 1.6 --read-noise 7 --saturation 60000",
      "      Where the header does not say these, or is wrong.",
      "  starlane detect image.fits -o stars.fits --residual rest.fits",
      "      Also what the sources leave over: look here for what was missed.",
      "  starlane detect night1/*.fits -o catalogs/ --residual rest/",
      "      Several images: image.fits gives catalogs/image.cat.fits, rest/image.residual.fits.",
      "      One that cannot be read costs no other; the exit code is then 1.",
      "  starlane detect coadd.fits -o stars.fits --coadd --set source.thresholds=[50,5,3.5]",
      "      A coadd, without a search for cosmic rays, down to S/N 3.5.",
      "",
      "Columns are described in the table itself (comments, units, UCDs)."
    })
final class DetectCommand extends Verb {

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "FITS images; also .gz and .fz.")
  private List<Path> images;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "CATALOG|DIR",
      description =
          "FITS file for the table of sources, replaced if it exists; of several images a folder,"
              + " made if absent.")
  private String out;

  @Option(
      names = "--residual",
      paramLabel = "FILE|DIR",
      description =
          "FITS file for the image without background and sources; of several images a folder.")
  private String residual;

  @Option(
      names = "--gain",
      paramLabel = "G",
      description = "Electrons per unit of the image; by default from the header.")
  private double gain = Double.NaN;

  @Option(
      names = "--read-noise",
      paramLabel = "E",
      description = "Read noise in electrons; by default from the header, else measured.")
  private double readNoise = Double.NaN;

  @Option(
      names = "--saturation",
      paramLabel = "LEVEL",
      description = "Saturation level in units of the image; by default from the header.")
  private double saturation = Double.NaN;

  @Option(
      names = "--coadd",
      description =
          "The image is a coadd: no cosmic rays are looked for. By default NCOADD or"
              + " NCOMBINE in the header decides.")
  private boolean coadd;

  @Option(
      names = "--instrument",
      paramLabel = "NAME|FILE",
      description = "Instrument profile by name, or a YAML file; chosen by header if not given.")
  private String instrument;

  @Option(
      names = {"-j", "--threads"},
      paramLabel = "N",
      converter = ThreadCount.class,
      description = "Worker threads; 0, the default, takes all processors.")
  private int threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "What the numeric kernels run on: auto (the default), simd, scalar or cuda.")
  private String backend;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file laid over the built-in settings.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, laid over the file. May be repeated.")
  private List<String> settings = new ArrayList<>();

  DetectCommand(Services services) {
    super(services);
  }

  @Override
  int run(Events events) {
    VectorModule.load();
    DetectionOutcome outcome =
        DetectionRun.run(
            new DetectionRequest(
                List.copyOf(images),
                out,
                residual,
                instrument,
                gain,
                readNoise,
                saturation,
                coadd,
                config,
                List.copyOf(settings),
                backend,
                threads),
            events);
    outcome.summary().forEach(events::line);
    result(
        "exit", outcome.exitCode().name(),
        "sources", outcome.sources(),
        "images", outcome.images().stream().map(DetectCommand::fields).toList(),
        "problems", outcome.problems());
    return outcome.exitCode().number();
  }

  private static Map<String, Object> fields(DetectionOutcome.Image image) {
    return JsonEvents.fields(
        "image", image.image().toString(),
        "catalog", image.catalog().toString(),
        "sources", image.sources(),
        "fwhm", image.fwhm());
  }
}
