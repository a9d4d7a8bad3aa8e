package io.github.starlane.cli;

import io.github.starlane.benchmarks.Frame;
import io.github.starlane.benchmarks.suite.KernelSuite;
import io.github.starlane.core.ExitCode;
import io.github.starlane.kernels.BackendProvider;
import io.github.starlane.kernels.Backends;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    description = "Look at this machine: Java, processors, caches, memory, disk, backends.",
    footer = {"", "Examples:", "  starlane doctor", "  starlane doctor --json"})
final class DoctorCommand extends Verb {

  DoctorCommand(Services services) {
    super(services);
  }

  /**
   * One thing looked at.
   *
   * @param name what
   * @param good whether it is as it should be
   * @param finding what was found, and what would mend it
   */
  record Finding(String name, boolean good, String finding) {}

  @Override
  int run(Events events) {
    VectorModule.load();
    List<Finding> findings = new ArrayList<>();
    findings.add(program());
    findings.add(java());
    findings.add(processors());
    findings.add(new Finding("caches", true, Machine.caches().orElse("unknown here")));
    findings.add(memory());
    findings.add(bandwidth());
    findings.add(disk("disk here", Path.of("").toAbsolutePath()));
    findings.add(disk("temporary files", Path.of(System.getProperty("java.io.tmpdir"))));
    boolean anyBackend = false;
    for (BackendProvider provider : Backends.providers()) {
      BackendProvider.Availability availability = provider.probe();
      anyBackend |= availability.usable();
      findings.add(
          new Finding("backend " + provider.name(), availability.usable(), availability.detail()));
    }
    if (!anyBackend) {
      findings.add(new Finding("backends", false, "none can be used; install Starlane again"));
    }
    for (Finding finding : findings) {
      events.line(
          String.format(
              Locale.ROOT,
              "%s %-18s %s",
              finding.good() ? "✓" : "–",
              finding.name(),
              finding.finding()));
      events.data(
          "finding",
          JsonEvents.fields(
              "name", finding.name(), "good", finding.good(), "finding", finding.finding()));
    }
    return anyBackend ? ExitCode.OK.number() : ExitCode.RESOURCE.number();
  }

  private static Finding program() {
    return new Finding("starlane", true, Version.number());
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    return new Finding(
        "java",
        feature >= 25,
        Runtime.version()
            + " ("
            + System.getProperty("java.vendor")
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ")"
            + (feature >= 25 ? "" : "; install JDK 25 or newer"));
  }

  private static Finding processors() {
    return new Finding(
        "processors",
        true,
        Runtime.getRuntime().availableProcessors()
            + Machine.processor().map(name -> " (" + name + ")").orElse(""));
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    long physical =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    // A worker needs a few hundred megabytes.
    boolean enough = heap > 1_000_000_000L;
    return new Finding(
        "memory",
        enough,
        (physical > 0 ? gigabytes(physical) + " in all, " : "")
            + "up to "
            + gigabytes(heap)
            + " for pixels"
            + (enough ? "" : "; give it more, e.g. STARLANE_JAVA_OPTS=-Xmx2g"));
  }

  private static Finding bandwidth() {
    int threads = Runtime.getRuntime().availableProcessors();
    KernelSuite suite = new KernelSuite("scalar", Frame.CROP, threads, KernelSuite.Effort.QUICK);
    double alone = suite.copyMegabytesPerSecond(1) * 1e-3;
    String rest =
        threads > 1
            ? String.format(
                Locale.ROOT,
                ", %.1f GB/s on %d",
                suite.copyMegabytesPerSecond(threads) * 1e-3,
                threads)
            : "";
    return new Finding(
        "memory bandwidth",
        true,
        String.format(Locale.ROOT, "%.1f GB/s copying on 1 thread", alone) + rest);
  }

  private static Finding disk(String name, Path folder) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      boolean writable = Files.isWritable(folder);
      return new Finding(
          name, writable, gigabytes(free) + " free" + (writable ? "" : ", but not writable"));
    } catch (IOException e) {
      return new Finding(name, false, "cannot be looked at: " + e.getMessage());
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes * 1e-9);
  }
}
