package io.github.starlane.cli;

import io.github.starlane.core.pipeline.DetectionOutcome;
import io.github.starlane.core.pipeline.DetectionRequest;
import io.github.starlane.core.pipeline.ImageDetection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "detect",
    description = {
      "Find and measure the sources of a calibrated image: background, varying PSF, cosmic rays,",
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
      "  starlane detect coadd.fits -o stars.fits --coadd --set source.thresholds=[50,5,3.5]",
      "      A coadd, without a search for cosmic rays, down to S/N 3.5.",
      "",
      "Columns are described in the table itself (comments, units, UCDs)."
    })
final class DetectCommand extends Verb {

  @Parameters(paramLabel = "IMAGE", description = "FITS image; also .gz and .fz.")
  private Path image;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "CATALOG",
      description = "FITS file for the table of sources; replaced if it exists.")
  private Path out;

  @Option(
      names = "--residual",
      paramLabel = "FILE",
      description = "FITS file for the image without background and sources.")
  private Path residual;

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
        ImageDetection.run(
            new DetectionRequest(
                image,
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
        "fwhm", outcome.fwhm(),
        "catalog", out.toString(),
        "problems", outcome.problems());
    return outcome.exitCode().number();
  }
}
