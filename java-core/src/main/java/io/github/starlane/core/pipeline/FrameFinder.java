package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds FITS files by their names; files that are named directly are taken whatever they are
 * called.
 */
final class FrameFinder {
  private static final Pattern FITS =
      Pattern.compile(".*\\.(fits|fit|fts)(\\.gz|\\.fz)?", Pattern.CASE_INSENSITIVE);
  private static final int MAXIMUM_DEPTH = 12;

  private FrameFinder() {}

  /**
   * All frames, sorted by path and each once.
   *
   * @param inputs files and folders
   * @param output folder whose content is no input
   * @throws StarlaneException (exit code 3) if an input does not exist or nothing is found
   */
  static List<Path> find(List<Path> inputs, Path output) {
    TreeSet<Path> found = new TreeSet<>();
    for (Path input : inputs) {
      if (!Files.exists(input)) {
        throw new StarlaneException(
            ExitCode.UNREADABLE_INPUT,
            "cannot find the input",
            input.toString(),
            "there is no such file or folder",
            "check the path");
      }
      if (Files.isDirectory(input)) {
        walk(input, output, found);
      } else {
        found.add(input);
      }
    }
    if (found.isEmpty()) {
      throw new StarlaneException(
          ExitCode.UNREADABLE_INPUT,
          "nothing to reduce",
          String.join(", ", inputs.stream().map(Path::toString).toList()),
          "no file there is named *.fits, *.fit or *.fts (also with .gz or .fz)",
          "give the folder that holds the raw frames");
    }
    return eachOnce(found);
  }

  /** A frame that is reached by two spellings of its path, or by a link, must not count twice. */
  private static List<Path> eachOnce(Set<Path> found) {
    Map<Path, Path> byPlace = new LinkedHashMap<>();
    found.forEach(file -> byPlace.putIfAbsent(place(file), file));
    return new ArrayList<>(byPlace.values());
  }

  private static Path place(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      // A broken link, for one; it is reported when it is opened.
      return file.toAbsolutePath().normalize();
    }
  }

  private static void walk(Path folder, Path output, Set<Path> found) {
    Path skip = output == null ? null : output.toAbsolutePath().normalize();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          MAXIMUM_DEPTH,
          new Visitor(folder, skip, found));
    } catch (IOException e) {
      throw new StarlaneException(
          ExitCode.UNREADABLE_INPUT,
          "cannot read the folder",
          folder.toString(),
          e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage()),
          "check its permissions",
          e);
    }
  }

  /**
   * Collects frames.
   *
   * @param start a folder that was named: it must be readable
   * @param skip a folder below it that is no input, or null
   * @param found where frames go
   */
  record Visitor(Path start, Path skip, Set<Path> found) implements FileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      boolean isOutput =
          directory.toAbsolutePath().normalize().equals(skip) && !directory.equals(start);
      return isOutput ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      if (!name.startsWith(".") && FITS.matcher(name).matches()) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(start)) {
        throw e;
      }
      // A folder deeper down that may not be entered holds no input of ours; a loop of links holds
      // nothing new.
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
      if (e != null) {
        throw e;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
