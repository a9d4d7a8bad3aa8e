package io.github.starlane.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the operating system tells of the processor; on systems other than Linux nothing. */
final class Machine {

  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Caches of the first processor, e.g. "L1 48K, L2 1024K, L3 32768K"; empty if nobody knows. */
  static Optional<String> caches() {
    return caches(CACHES);
  }

  /** As {@link #caches()}, of a folder that is laid out like Linux's. */
  static Optional<String> caches(Path folder) {
    TreeSet<String> found = new TreeSet<>();
    try (DirectoryStream<Path> indices = Files.newDirectoryStream(folder, "index*")) {
      for (Path index : indices) {
        if (!text(index.resolve("type")).equals("Instruction")) {
          found.add("L" + text(index.resolve("level")) + " " + text(index.resolve("size")));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  /** The name its maker gave the processor; empty if nobody knows. */
  static Optional<String> processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      List<String> names =
          lines
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .limit(1)
              .toList();
      return names.stream().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
