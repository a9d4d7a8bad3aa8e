package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Decides which files a detection writes: what the user names or, in a folder, names made of those
 * of the images, {@code night1/a.fits.gz} giving {@code a.cat.fits} and {@code a.residual.fits}.
 */
final class DetectionTargets {
  private static final Pattern FITS =
      Pattern.compile("\\.(fits|fit|fts)(\\.gz|\\.fz)?$", Pattern.CASE_INSENSITIVE);

  private DetectionTargets() {}

  /**
   * The files of every image, in the order of the request; folders are made.
   *
   * @throws StarlaneException (usage) if several images are to go into one file, or a file would be
   *     written twice or over an image; (resource) if a folder cannot be made or written
   */
  static List<DetectionTarget> of(DetectionRequest request) {
    List<Path> images = request.images();
    boolean several = images.size() > 1;
    List<DetectionTarget> targets = new ArrayList<>();
    for (Path image : images) {
      targets.add(
          new DetectionTarget(
              image,
              file(request.output(), image, ".cat.fits", several, "--out"),
              request.residual() == null
                  ? null
                  : file(request.residual(), image, ".residual.fits", several, "--residual")));
    }
    refuseClashes(targets);
    prepare(request.output(), several, targets.size());
    if (request.residual() != null) {
      prepare(request.residual(), several, targets.size());
    }
    return targets;
  }

  private static Path file(
      String output, Path image, String suffix, boolean several, String option) {
    Path path = Path.of(output);
    if (!isFolder(output, several)) {
      return path;
    }
    boolean named = several && FITS.matcher(output).find() && !Files.isDirectory(path);
    if (named || Files.isRegularFile(path)) {
      throw new StarlaneException(
          ExitCode.USAGE,
          several ? "several images need a folder" : "the folder is a file",
          output,
          Files.exists(path) ? "that is a file" : "that is the name of a file",
          "give a folder with " + option + ", as in " + option + " catalogs/");
    }
    return path.resolve(FITS.matcher(image.getFileName().toString()).replaceFirst("") + suffix);
  }

  private static boolean isFolder(String output, boolean several) {
    boolean said = output.endsWith("/") || output.endsWith(File.separator);
    return several || said || Files.isDirectory(Path.of(output));
  }

  private static void prepare(String output, boolean several, int images) {
    if (isFolder(output, several)) {
      OutputFolder.prepare(Path.of(output), images);
    }
  }

  private static void refuseClashes(List<DetectionTarget> targets) {
    Map<Path, String> taken = new HashMap<>();
    for (DetectionTarget t : targets) {
      if (taken.put(plain(t.image()), "is one of the images") != null) {
        throw clash("the same image twice", t.image(), "it was named twice", "name it once");
      }
    }
    for (DetectionTarget t : targets) {
      refuse(taken, t.catalog(), "is the catalogue of " + t.image());
      if (t.residual() != null) {
        refuse(taken, t.residual(), "is the residual of " + t.image());
      }
    }
  }

  private static void refuse(Map<Path, String> taken, Path file, String use) {
    String other = taken.put(plain(file), use);
    if (other != null) {
      throw clash(
          "one file for two things",
          file,
          "it " + other + " and " + use,
          "choose other names or folders, or detect these images one after the other");
    }
  }

  private static StarlaneException clash(String what, Path where, String why, String remedy) {
    return new StarlaneException(ExitCode.USAGE, what, where.toString(), why, remedy);
  }

  private static Path plain(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
