package io.github.starlane.benchmarks.suite;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.fits.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ratios that were measured before, by machine (its kind of vectors), frame and kernel. Times
 * differ from machine to machine; ratios to a copy and to the scalar backend do so much less.
 */
public final class Baseline {

  /** A ratio that falls by more than this share is a regression. */
  public static final double TOLERANCE = 0.25;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * What was measured of one kernel.
   *
   * @param toCopy as in {@link KernelSpeed}
   * @param toScalar as in {@link KernelSpeed}
   */
  public record Ratios(double toCopy, double toScalar) {}

  /** The file: machine, then frame, then kernel. */
  private record Content(Map<String, Map<String, Map<String, Ratios>>> machines) {

    private boolean isWhole() {
      return machines != null
          && machines.values().stream()
              .allMatch(frames -> frames != null && !frames.containsValue(null))
          && machines.values().stream()
              .flatMap(frames -> frames.values().stream())
              .noneMatch(kernels -> kernels.containsValue(null));
    }
  }

  private final Content content;

  private Baseline(Content content) {
    this.content = content;
  }

  /** The baseline that comes with the program. */
  public static Baseline builtIn() {
    try (InputStream in = Baseline.class.getResourceAsStream("baseline.json")) {
      return new Baseline(MAPPER.readValue(in, Content.class));
    } catch (IOException e) {
      throw new IllegalStateException("the built-in baseline cannot be read", e);
    }
  }

  /**
   * A baseline from a file.
   *
   * @throws IOException if it cannot be read or is no baseline
   */
  public static Baseline read(Path file) throws IOException {
    Content content = MAPPER.readValue(Files.readAllBytes(file), Content.class);
    if (content == null || !content.isWhole()) {
      throw new IOException("it holds no ratios of machines");
    }
    return new Baseline(content);
  }

  /** A baseline of nothing. */
  public static Baseline empty() {
    return new Baseline(new Content(new TreeMap<>()));
  }

  /** Names of the kernels there are of a machine and a frame; empty if it is unknown. */
  public Set<String> kernels(String machine, String frame) {
    return Set.copyOf(known(machine, frame).keySet());
  }

  private Map<String, Ratios> known(String machine, String frame) {
    return content.machines.getOrDefault(machine, Map.of()).getOrDefault(frame, Map.of());
  }

  /** Machines this baseline knows. */
  public List<String> machines() {
    return List.copyOf(content.machines.keySet());
  }

  /** The same with these measurements in it, in place of older ones of the same kernels. */
  public Baseline with(String machine, String frame, List<KernelSpeed> speeds) {
    Map<String, Map<String, Map<String, Ratios>>> machines = new TreeMap<>(content.machines);
    Map<String, Map<String, Ratios>> frames =
        new TreeMap<>(machines.getOrDefault(machine, Map.of()));
    Map<String, Ratios> kernels = new TreeMap<>(frames.getOrDefault(frame, Map.of()));
    for (KernelSpeed speed : speeds) {
      kernels.put(speed.kernel(), new Ratios(rounded(speed.toCopy()), rounded(speed.toScalar())));
    }
    frames.put(frame, kernels);
    machines.put(machine, frames);
    return new Baseline(new Content(machines));
  }

  /** Three digits are more than a timing is good for. */
  private static double rounded(double ratio) {
    return Double.isFinite(ratio)
        ? Double.parseDouble(String.format(Locale.ROOT, "%.3g", ratio))
        : 0;
  }

  /**
   * Writes the file, complete or not at all.
   *
   * @throws StarlaneException (resource) if it cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, out -> out.write(MAPPER.writeValueAsBytes(content)));
  }

  /**
   * The kernels whose ratios have fallen by more than {@link #TOLERANCE}, one sentence each.
   * Kernels that the baseline does not know pass.
   */
  public List<Regression> regressions(String machine, String frame, List<KernelSpeed> speeds) {
    Map<String, Ratios> known = known(machine, frame);
    List<Regression> regressions = new ArrayList<>();
    for (KernelSpeed speed : speeds) {
      Ratios before = known.get(speed.kernel());
      if (before != null) {
        compare(speed.kernel(), "copy", speed.toCopy(), before.toCopy(), regressions);
        compare(speed.kernel(), "scalar", speed.toScalar(), before.toScalar(), regressions);
      }
    }
    return regressions;
  }

  private static void compare(
      String kernel, String reference, double now, double before, List<Regression> regressions) {
    // A NaN now means that the ratio was not measured; 0 before, that there was none.
    if (now < (1 - TOLERANCE) * before) {
      regressions.add(new Regression(kernel, reference, now, before));
    }
  }

  /**
   * A ratio that has fallen.
   *
   * @param kernel which kernel
   * @param reference {@code copy} or {@code scalar}
   * @param now measured now
   * @param before in the baseline
   */
  public record Regression(String kernel, String reference, double now, double before) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: its ratio to %s fell from %.3g to %.3g (by %.0f %%)",
          kernel,
          reference,
          before,
          now,
          100 * (1 - now / before));
    }
  }
}
