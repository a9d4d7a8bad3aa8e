package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.report.MetricsFile;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.report.ReportData.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad frames among good ones, from the command line to the exit code. */
class BadInputTest {

  private static final int CARD = 80;
  private static final int BLOCK = 2880;

  @TempDir static Path shared;
  @TempDir Path folder;

  private final Session session = Session.real();

  @BeforeAll
  static void simulate() {
    int code =
        Session.real().run("simulate", "-o", shared.toString(), "--preset", "tiny", "-j", "2");
    assertThat(code).isZero();
  }

  @Test
  void badFramesAreLeftOutWithAReasonAndCostNoOther() throws Exception {
    Path raw = Files.createDirectories(folder.resolve("raw"));
    Map<String, byte[]> bad =
        Map.of(
            "truncated.fits", Arrays.copyOf(goodFrame(), 60_000),
            "empty.fits", new byte[0],
            "text.fits", "not a FITS file".getBytes(StandardCharsets.US_ASCII),
            "othersize.fits", otherSize(),
            "saturated.fits", saturated(),
            "nan.fits", notANumber());
    for (var entry : bad.entrySet()) {
      Files.write(raw.resolve(entry.getKey()), entry.getValue());
    }

    int code = reduce(shared.resolve("raw"), shared.resolve("calib"), raw);

    assertThat(code).isEqualTo(1);
    assertThat(session.err()).doesNotContain("internal error", "Exception", "\tat ");
    Map<String, ReportData.FrameEntry> frames = frames();
    for (String name : bad.keySet()) {
      assertThat(frames).containsKey(name);
      assertThat(frames.get(name).state()).as(name).isEqualTo(State.QUARANTINED);
      assertThat(frames.get(name).reason()).as(name).isNotBlank();
      // A frame of another size is a visit of its own, for which there is no dark.
      String told = name.equals("othersize.fits") ? "100 x 90" : name;
      assertThat(session.err().lines().filter(l -> l.contains(told)).count())
          .as("sentences about " + name)
          .isEqualTo(1);
    }
    try (Stream<Path> good = Files.list(shared.resolve("raw"))) {
      for (Path frame : good.toList()) {
        assertThat(frames.get(frame.getFileName().toString()).state()).isEqualTo(State.DONE);
      }
    }
  }

  @Test
  void nothingReadableIsUnreadableInput() throws Exception {
    Files.write(folder.resolve("empty.fits"), new byte[0]);

    assertThat(reduce(folder.resolve("empty.fits"))).isEqualTo(3);
    assertThat(session.err()).contains("empty.fits");
    assertThat(reduce(folder.resolve("nowhere"))).isEqualTo(3);
    assertThat(session.err()).contains("nowhere");
  }

  @Test
  void missingDarkIsNamedAndEndsWithItsOwnCode() {
    assertThat(reduce(shared.resolve("raw"))).isEqualTo(4);
    assertThat(session.err()).contains("dark", "--dark", "--allow-uncalibrated");
  }

  @Test
  void outputThatCannotBeWrittenIsAResourceFailure() throws Exception {
    Files.writeString(folder.resolve("out"), "a file stands here");

    assertThat(reduce(shared.resolve("raw"), shared.resolve("calib"))).isEqualTo(6);
    assertThat(session.err()).contains(folder.resolve("out").toString());
    assertThat(folder.resolve("out")).hasContent("a file stands here");
  }

  @Test
  void unknownSettingNamesTheNearest() {
    assertThat(reduce(shared.resolve("raw"), Path.of("--set"), Path.of("crop.sise=9")))
        .isEqualTo(2);
    assertThat(session.err()).contains("sise", "size");
  }

  private int reduce(Path... arguments) {
    String[] all =
        Stream.concat(
                Stream.of("reduce", "-j", "2", "-o", folder.resolve("out").toString()),
                Arrays.stream(arguments).map(Path::toString))
            .toArray(String[]::new);
    return session.run(all);
  }

  private Map<String, ReportData.FrameEntry> frames() {
    return MetricsFile.read(folder.resolve("out").resolve(MetricsFile.NAME)).frames().stream()
        .collect(Collectors.toMap(ReportData.FrameEntry::file, f -> f));
  }

  private static byte[] goodFrame() throws IOException {
    try (Stream<Path> frames = Files.list(shared.resolve("raw"))) {
      return Files.readAllBytes(frames.sorted().findFirst().orElseThrow());
    }
  }

  private static byte[] saturated() throws IOException {
    byte[] frame = goodFrame();
    // 32767 with BZERO 32768 is 65535.
    ByteBuffer data = ByteBuffer.wrap(frame, headerLength(frame), dataLength(frame));
    while (data.remaining() >= 2) {
      data.putShort(Short.MAX_VALUE);
    }
    return frame;
  }

  private static byte[] notANumber() throws IOException {
    byte[] frame = goodFrame();
    byte[] header = Arrays.copyOf(frame, headerLength(frame));
    setCard(header, "BITPIX", "-32");
    setCard(header, "BZERO", "0");
    int bytes = 2 * dataLength(frame);
    ByteBuffer whole = ByteBuffer.allocate(header.length + Math.ceilDiv(bytes, BLOCK) * BLOCK);
    whole.put(header);
    for (int i = 0; i < bytes / 4; i++) {
      whole.putFloat(Float.NaN);
    }
    return whole.array();
  }

  private static byte[] otherSize() throws IOException {
    byte[] frame = goodFrame();
    byte[] header = Arrays.copyOf(frame, headerLength(frame));
    setCard(header, "NAXIS1", "100");
    setCard(header, "NAXIS2", "90");
    byte[] data = new byte[Math.ceilDiv(2 * 100 * 90, BLOCK) * BLOCK];
    ByteBuffer whole = ByteBuffer.allocate(header.length + data.length);
    return whole.put(header).put(data).array();
  }

  private static int headerLength(byte[] frame) {
    for (int at = 0; ; at += CARD) {
      if (card(frame, at).startsWith("END ")) {
        return Math.ceilDiv(at + CARD, BLOCK) * BLOCK;
      }
    }
  }

  private static int dataLength(byte[] frame) {
    return 2 * value(frame, "NAXIS1") * value(frame, "NAXIS2");
  }

  private static int value(byte[] frame, String keyword) {
    List<String> parts = List.of(card(frame, find(frame, keyword)).split("[=/]"));
    return Integer.parseInt(parts.get(1).strip());
  }

  private static void setCard(byte[] header, String keyword, String value) {
    String card = String.format("%-8s= %20s", keyword, value);
    byte[] bytes = String.format("%-80s", card).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, find(header, keyword), CARD);
  }

  private static int find(byte[] frame, String keyword) {
    int at = 0;
    while (!card(frame, at).startsWith(String.format("%-8s=", keyword))) {
      at += CARD;
    }
    return at;
  }

  private static String card(byte[] frame, int at) {
    return new String(frame, at, CARD, StandardCharsets.US_ASCII);
  }
}
