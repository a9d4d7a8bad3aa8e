package io.github.starlane.core.product;

import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.visit.Visit;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where products go. Raw frames with LAST's names give products with LAST's names ({@code
 * …_<crop>_sci_proc_Cat_1.fits}); others are named after their raw frame or visit.
 */
public final class ProductNames {
  private static final Pattern LAST =
      Pattern.compile(
          "(LAST\\.\\d\\d\\.\\d\\d\\.\\d\\d_\\d{8}\\.\\d{6}\\.\\d{3}_[^_]*_[^_]*)_([^_]*)_([^_]*)_[^_]*_([^_]*)_raw_.*");

  private final Path output;

  /** Names below an output folder. */
  public ProductNames(Path output) {
    this.output = output;
  }

  /** Catalogue of one epoch of one crop. */
  public Path epochCatalog(Visit visit, Exposure exposure, int crop) {
    Matcher m = LAST.matcher(exposure.name());
    String name =
        m.matches()
            ? String.format(
                Locale.ROOT,
                "%s_%s_%s_%03d_%s_proc_Cat_1.fits",
                m.group(1),
                m.group(2),
                m.group(3),
                crop,
                m.group(4))
            : String.format(Locale.ROOT, "%s_%03d_proc_Cat.fits", unique(visit, exposure), crop);
    return folder(visit).resolve("epochs").resolve(name);
  }

  /** Table of the visit's streaks. */
  public Path streaks(Visit visit) {
    Matcher m = LAST.matcher(visit.first().name());
    String name =
        m.matches()
            ? String.format(
                Locale.ROOT,
                "%s_000_%s_000_%s_merged_Streaks_1.fits",
                m.group(1),
                m.group(3),
                m.group(4))
            : visit.name() + "_streaks.fits";
    return folder(visit).resolve(name);
  }

  /** A product of the coadd of one crop: {@code Image} or {@code Cat}. */
  public Path coadd(Visit visit, int crop, String product) {
    Matcher m = LAST.matcher(visit.first().name());
    String name =
        m.matches()
            ? String.format(
                Locale.ROOT,
                "%s_000_%s_%03d_%s_coadd_%s_1.fits",
                m.group(1),
                m.group(3),
                crop,
                m.group(4),
                product)
            : String.format(Locale.ROOT, "%s_%03d_coadd_%s.fits", visit.name(), crop, product);
    return folder(visit).resolve("coadd").resolve(name);
  }

  /** A master that was made. */
  public Path master(String name) {
    return output.resolve("calib").resolve(name.replaceAll("[^A-Za-z0-9.+-]+", "_") + ".fits");
  }

  private Path folder(Visit visit) {
    return output.resolve(visit.name());
  }

  /**
   * The raw frame's name, with its number in the visit where two frames (of different folders)
   * share it.
   */
  private static String unique(Visit visit, Exposure exposure) {
    String stem = stem(exposure.name());
    long same = visit.exposures().stream().filter(e -> stem(e.name()).equals(stem)).count();
    return same == 1 ? stem : stem + "-" + (visit.exposures().indexOf(exposure) + 1);
  }

  private static String stem(String name) {
    return name.replaceAll("(?i)\\.(fits|fit|fts)(\\.gz|\\.fz)?$", "");
  }
}
