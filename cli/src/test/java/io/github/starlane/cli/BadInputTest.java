package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.starlane.core.pipeline.VisitPipeline;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.Simulation;
import io.github.starlane.testdata.SimulationParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A simulated visit of four epochs in which one thing is wrong: one clear sentence, the right exit
 * code, and nothing else is lost.
 */
class BadInputTest {
  private static final int HEADER_BLOCK = 2880;

  @TempDir static Path simulated;
  @TempDir Path folder;

  private static SimulatedVisit visit;

  private final Session session = new Session().reducing(VisitPipeline::run);

  @BeforeAll
  static void simulate() {
    SimulationParameters parameters =
        SimulationParameters.tiny().toBuilder().exposures(4, 3, 3).build();
    visit = Simulation.run(parameters, simulated, 2, (what, done, total) -> {});
  }

  // --- what may be wrong with one frame

  @Test
  void nothingIsWrong() throws IOException {
    assertThat(reduce(input(null))).isZero();
    assertThat(epochCatalogs()).hasSize(4);
    assertThat(coadds()).isNotEmpty();
    assertThat(states()).containsOnly("done");
    assertThat(dates("_proc_Cat_")).containsExactlyElementsOf(rawDates());
    assertThat(dates("_coadd_Image_")).containsOnly(rawDates().get(0));
  }

  /** Of the products: DATE-OBS is the start of the (first) exposure, as in the raw frames. */
  private List<String> dates(String part) throws IOException {
    List<String> dates = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder.resolve("out"))) {
      for (Path file : all.filter(f -> f.getFileName().toString().contains(part)).toList()) {
        String start = card(file, "DATE-OBS");
        LocalDateTime average = LocalDateTime.parse(card(file, "DATE-AVG"));
        assertThat(average).isAfterOrEqualTo(LocalDateTime.parse(start).plusSeconds(10));
        dates.add(start);
      }
    }
    Collections.sort(dates);
    return dates;
  }

  private static List<String> rawDates() throws IOException {
    List<String> dates = new ArrayList<>();
    for (Path file : visit.science()) {
      dates.add(card(file, "DATE-OBS"));
    }
    Collections.sort(dates);
    return dates;
  }

  private static String card(Path file, String keyword) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    return text.substring(text.indexOf(keyword + "= '") + keyword.length() + 3).split("'")[0];
  }

  @Test
  void truncatedFrame() throws IOException {
    oneFrameIsLost(b -> Arrays.copyOf(b, b.length - 3 * HEADER_BLOCK), 1, "it is truncated");
  }

  @Test
  void zeroByteFrame() throws IOException {
    oneFrameIsLost(b -> new byte[0], 1, "it is empty (0 bytes)");
  }

  @Test
  void textNamedFits() throws IOException {
    byte[] text = "Observing log of 15 January".getBytes(StandardCharsets.UTF_8);
    oneFrameIsLost(b -> text, 1, "it is not a FITS file");
  }

  @Test
  void allSaturatedFrame() throws IOException {
    oneFrameIsLost(
        b -> withPixels(b, (short) (65535 - 32768)), 5, "100 % of its pixels are saturated");
  }

  @Test
  void frameWithoutValues() throws IOException {
    oneFrameIsLost(BadInputTest::asNotANumber, 5, "100 % of its pixels have no value (NaN)");
  }

  @Test
  void constantFrame() throws IOException {
    oneFrameIsLost(b -> withPixels(b, (short) 0), 5, "all of its pixels have the same value");
  }

  /** It cannot belong to the visit, but has one of its own, for which there is no dark. */
  @Test
  void frameOfAnotherSize() throws IOException {
    oneFrameIsLost(
        BadInputTest::withFewerRows,
        1,
        "the frame has another size than the calibration frames of its camera: ");
  }

  private void oneFrameIsLost(UnaryOperator<byte[]> spoil, int code, String why)
      throws IOException {
    Path input = input(spoil);

    assertThat(reduce(input)).isEqualTo(code);

    List<String> sentences = session.err().lines().filter(l -> l.contains(why)).toList();
    assertThat(sentences).as(session.err()).hasSize(1);
    assertThat(sentences.get(0)).startsWith("starlane: error: ").contains("; ");
    assertThat(session.err()).doesNotContain("Exception", "\tat ");
    assertThat(epochCatalogs()).hasSize(3);
    assertThat(epochCatalogs()).noneMatch(f -> f.contains(time(spoiled())));
    assertThat(coadds()).isNotEmpty();
    assertThat(states()).containsOnlyOnce("quarantined");
    JsonNode frame = frames().get(states().indexOf("quarantined"));
    assertThat(frame.get("file").asText()).isEqualTo(spoiled().getFileName().toString());
    assertThat(frame.get("reason").asText()).isNotBlank();
    assertThat(folder.resolve("out/report.html")).content().contains(why);
  }

  // --- what may be wrong with the calibration

  @Test
  void missingDark() throws IOException {
    Path input = input(null);
    delete(input, "_dark_");
    assertThat(reduce(input)).isEqualTo(4);
    assertThat(session.err())
        .contains("no dark frame", "camera LAST.01.02.03", "--dark FILE", "--allow-uncalibrated");
    assertThat(epochCatalogs()).isEmpty();

    assertThat(reduce(input, "--allow-uncalibrated")).isZero();
    assertThat(epochCatalogs()).hasSize(4);
  }

  @Test
  void missingFlat() throws IOException {
    Path input = input(null);
    delete(input, "_twflat_");
    assertThat(reduce(input)).isEqualTo(4);
    assertThat(session.err()).contains("no flat frame", "--flat FILE");
  }

  @Test
  void givenDarkOfWrongSize() throws IOException {
    byte[] dark = Files.readAllBytes(visit.darks().get(0));
    Path small = Files.write(folder.resolve("small-dark.fits"), withFewerRows(dark));
    assertThat(reduce(input(null), "--dark", small.toString())).isEqualTo(4);
    assertThat(session.err()).contains(small.toString(), "fits neither the frames (290 x 280)");
  }

  @Test
  void oneSpoiledDarkCostsOnlyItself() throws IOException {
    Path input = input(null);
    Path dark = input.resolve(visit.darks().get(1).getFileName());
    Files.write(dark, Arrays.copyOf(Files.readAllBytes(dark), 9000));
    assertThat(reduce(input)).isEqualTo(1);
    assertThat(session.err()).contains(dark.toString(), "it is truncated");
    assertThat(epochCatalogs()).hasSize(4);
  }

  // --- nothing to reduce

  @Test
  void noFrameCanBeRead() throws IOException {
    Path only = Files.createDirectories(folder.resolve("only"));
    Files.write(only.resolve("a.fits"), new byte[0]);
    Files.write(only.resolve("b.fits"), new byte[0]);
    assertThat(reduce(only)).isEqualTo(3);
    assertThat(session.err()).contains("none of them can be read", "a.fits", "it is empty");
  }

  @Test
  void noScienceFrame() throws IOException {
    Path input = input(null);
    delete(input, "_sci_");
    assertThat(reduce(input)).isEqualTo(3);
    assertThat(session.err()).contains("no science frame among the inputs");
    assertThat(reduce(input, "--dry-run")).isEqualTo(3);
    assertThat(session.err()).contains("no science frame among the inputs");

    Path dark = input.resolve(visit.darks().get(1).getFileName());
    Files.write(dark, Arrays.copyOf(Files.readAllBytes(dark), 9000));
    assertThat(reduce(input)).isEqualTo(3);
    assertThat(session.err()).contains("it is truncated", "no science frame among the inputs");
  }

  @Test
  void onlyTables() throws IOException {
    Path only = Files.createDirectories(folder.resolve("only"));
    Files.copy(visit.referenceCatalog(), only.resolve("a.fits"));
    assertThat(reduce(only)).isEqualTo(3);
    assertThat(session.err())
        .contains("nothing to reduce: 1 files: they are FITS files, but none holds")
        .doesNotContain("internal error");
  }

  @Test
  void noFile() {
    assertThat(reduce(folder.resolve("absent"))).isEqualTo(3);
    assertThat(session.err()).contains(folder.resolve("absent").toString(), "no such file");
  }

  // --- the output cannot be written

  @Test
  void outputIsAFile() throws IOException {
    Files.writeString(folder.resolve("out"), "mine");
    assertThat(reduce(input(null))).isEqualTo(6);
    assertThat(session.err())
        .contains(folder.resolve("out") + " is a file, but a folder is needed there");
    assertThat(folder.resolve("out")).hasContent("mine");
  }

  /** A path below a file cannot be written even by root. */
  @Test
  void outputBelowAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Path input = input(null);
    int code = session.run("reduce", input.toString(), "-o", file.resolve("out").toString());
    assertThat(code).isEqualTo(6);
    assertThat(session.err()).contains(file + " is a file", "--out");
  }

  /**
   * A folder stands where a product shall go: the first write fails, the run ends with a reason.
   */
  @Test
  void productThatCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("out/metrics.json/taken"));
    assertThat(reduce(input(null))).isEqualTo(6);
    assertThat(session.err()).contains("metrics.json", "a folder of that name is in the way");
    try (Stream<Path> all = Files.walk(folder.resolve("out"))) {
      assertThat(all.map(f -> f.getFileName().toString())).noneMatch(n -> n.contains(".part"));
    }
  }

  // --- tools

  private int reduce(Path input, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("reduce", input.toString(), "-o", folder.resolve("out").toString(), "-j", "2"));
    arguments.addAll(List.of(more));
    return session.run(arguments.toArray(String[]::new));
  }

  private Path spoiled() {
    return folder.resolve("in").resolve(visit.science().get(2).getFileName());
  }

  /** The visit, of which the third science frame has been spoiled. */
  private Path input(UnaryOperator<byte[]> spoil) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    for (List<Path> files : List.of(visit.science(), visit.darks(), visit.flats())) {
      for (Path file : files) {
        Files.copy(file, in.resolve(file.getFileName()));
      }
    }
    if (spoil != null) {
      Files.write(spoiled(), spoil.apply(Files.readAllBytes(spoiled())));
    }
    return in;
  }

  private static void delete(Path input, String part) throws IOException {
    try (Stream<Path> files = Files.list(input)) {
      files
          .filter(f -> f.getFileName().toString().contains(part))
          .forEach(f -> assertThat(f.toFile().delete()).isTrue());
    }
  }

  /** The part of a LAST name that tells frames of a visit apart. */
  private static String time(Path frame) {
    return frame.getFileName().toString().split("_")[1]
        + "_"
        + frame.getFileName().toString().split("_")[2];
  }

  private List<String> epochCatalogs() {
    return products("_proc_Cat_");
  }

  private List<String> coadds() {
    return products("_coadd_Image_");
  }

  private List<String> products(String part) {
    Path out = folder.resolve("out");
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(out)) {
      return all.map(f -> f.getFileName().toString()).filter(n -> n.contains(part)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** State of every input, from the metrics. */
  private List<String> states() throws IOException {
    List<String> states = new ArrayList<>();
    frames().forEach(f -> states.add(f.get("state").asText()));
    return states;
  }

  private JsonNode frames() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/metrics.json").toFile()).get("frames");
  }

  private static int dataOffset(byte[] fits) {
    String text = new String(fits, StandardCharsets.ISO_8859_1);
    for (int at = 0; ; at += 80) {
      if (text.startsWith("END     ", at)) {
        return (at / HEADER_BLOCK + 1) * HEADER_BLOCK;
      }
    }
  }

  private static byte[] withPixels(byte[] fits, short value) {
    byte[] changed = fits.clone();
    ByteBuffer pixels = ByteBuffer.wrap(changed, dataOffset(fits), 290 * 280 * 2);
    while (pixels.hasRemaining()) {
      pixels.putShort(value);
    }
    return changed;
  }

  private static byte[] withCard(byte[] fits, String keyword, String value) {
    String text = new String(fits, StandardCharsets.ISO_8859_1);
    String card = String.format("%-80s", String.format("%-8s= %20s", keyword, value));
    int at = text.indexOf(String.format("%-8s= ", keyword));
    return (text.substring(0, at) + card + text.substring(at + 80))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] asNotANumber(byte[] fits) {
    byte[] header = withCard(withCard(fits, "BITPIX", "-32"), "BZERO", "0");
    int size = (290 * 280 * 4 + HEADER_BLOCK - 1) / HEADER_BLOCK * HEADER_BLOCK;
    ByteBuffer changed = ByteBuffer.allocate(dataOffset(fits) + size);
    changed.put(header, 0, dataOffset(fits));
    for (int i = 0; i < 290 * 280; i++) {
      changed.putFloat(Float.NaN);
    }
    return changed.array();
  }

  private static byte[] withFewerRows(byte[] fits) {
    return withCard(fits, "NAXIS2", "270");
  }
}
