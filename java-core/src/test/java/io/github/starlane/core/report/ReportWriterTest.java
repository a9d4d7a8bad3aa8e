package io.github.starlane.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.report.ReportData.Problem;
import io.github.starlane.core.report.ReportData.Severity;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportWriterTest {

  @Test
  void pageIsWellFormedAndHasEverySection() throws Exception {
    Document page = parse(ReportWriter.page(SampleReport.full(1, 4, 6, 20)));

    assertThat(ids(page))
        .containsExactly(
            "truth", "problems", "visit-1", "timing", "masters", "frames", "provenance");
    // 23 coadds (one crop is lost), image and residual, 7 plots over time, 8 maps, 2 quality plots,
    // timing, logo
    assertThat(page.getElementsByTagName("img").getLength()).isEqualTo(23 + 2);
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(7 + 8 + 2 + 1 + 1);
  }

  @Test
  void everyLinkInsideThePageLeadsSomewhere() throws Exception {
    Document page = parse(ReportWriter.page(SampleReport.full(2, 2, 2, 5)));

    NodeList links = page.getElementsByTagName("a");
    assertThat(links.getLength()).isPositive();
    for (int i = 0; i < links.getLength(); i++) {
      String target = ((Element) links.item(i)).getAttribute("href");
      assertThat(target).startsWith("#");
      assertThat(ids(page)).contains(target.substring(1));
    }
  }

  @Test
  void pageNeedsNoNetwork() {
    String page = ReportWriter.page(SampleReport.full(3, 2, 2, 5));

    String withoutNamespace = page.replace("xmlns=\"http://www.w3.org/1999/xhtml\"", "");
    assertThat(withoutNamespace)
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain("<script");
  }

  @Test
  void unknownNumbersNeverReachThePage() {
    String page = ReportWriter.page(SampleReport.full(4, 4, 6, 20));

    // Encoded pictures may contain any letters.
    String text = page.replaceAll("base64,[^\"]*", "");
    assertThat(text.contains("NaN") || text.contains("Infinity") || text.contains("null"))
        .isFalse();
  }

  @Test
  void pageOfNothingSaysSo() throws Exception {
    String text = ReportWriter.page(SampleReport.empty());

    assertThat(ids(parse(text)))
        .containsExactly("problems", "timing", "masters", "frames", "provenance");
    assertThat(text)
        .contains("There were no frames.")
        .contains("ended with exit code 3")
        .doesNotContain("NaN")
        .doesNotContain("null");
  }

  @Test
  void whatTheSourcesLeaveOverIsShownBesideTheImage() throws Exception {
    String page = ReportWriter.page(SampleReport.full(1, 2, 2, 3));

    parse(page);
    assertThat(page)
        .contains("Image, exposure 1, crop 14, from x = 4801, y = 3201")
        .contains("Residual, exposure 1, crop 14");
  }

  @Test
  void visitWhereEverythingFailedIsStillDrawn() throws Exception {
    ReportData.Visit lost =
        new ReportData.Visit(
            "lost",
            "generic",
            null,
            null,
            null,
            null,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            100,
            100,
            List.of(
                new ReportData.Epoch(
                    1,
                    "a.fits",
                    ReportData.State.QUARANTINED,
                    "all pixels are NaN",
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    0,
                    Double.NaN,
                    Double.NaN)),
            null,
            null,
            null,
            null);
    ReportData data = withVisits(List.of(lost));

    String page = ReportWriter.page(data);

    parse(page);
    assertThat(page).contains("all pixels are NaN").doesNotContain(">NaN");
  }

  @Test
  void graveProblemsComeFirstAndManyNotesAreFolded() {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      problems.add(new Problem(Severity.INFO, "note " + i, null));
    }
    problems.add(new Problem(Severity.WARNING, "doubtful", null));
    problems.add(new Problem(Severity.ERROR, "impossible", null));

    String section = RunSections.problems(problems);

    assertThat(section).containsSubsequence("impossible", "doubtful", "<details>", "note 0");
  }

  @Test
  void textsAreEscaped() throws Exception {
    String nasty = "<script>alert('x')</script> & \"quotes\" \u0000\u0007";
    ReportData data = withProblem(nasty);

    String page = ReportWriter.page(data);

    parse(page);
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(&#39;x&#39;)");
  }

  @Test
  void manyThumbnailsAreMadeSmallEnough() {
    // 60 crops of about 60 kB
    String page = ReportWriter.page(SampleReport.full(5, 6, 10, 3));

    assertThat(page.length()).isLessThan(4_000_000);
  }

  @Test
  void pageCanBeLookedAt() throws Exception {
    Path sample = Path.of("target", "sample-report.html");

    ReportWriter.write(SampleReport.full(7, 4, 6, 20), sample);

    assertThat(sample).isNotEmptyFile();
  }

  @Test
  void fileIsWrittenWholeAndNothingElse(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("new").resolve(ReportWriter.NAME);

    ReportWriter.write(SampleReport.full(6, 1, 1, 3), file);

    assertThat(Files.readString(file)).endsWith("</html>\n");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void unwritableFolderIsAResourceFailure(@TempDir Path folder) throws Exception {
    Path blocked = Files.writeString(folder.resolve("file"), "not a folder");

    assertThatThrownBy(
            () -> ReportWriter.write(SampleReport.empty(), blocked.resolve(ReportWriter.NAME)))
        .isInstanceOfSatisfying(
            StarlaneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.RESOURCE));
  }

  private static ReportData withProblem(String sentence) {
    ReportData d = SampleReport.empty();
    return new ReportData(
        d.schemaVersion(),
        sentence,
        d.created(),
        sentence,
        sentence,
        1,
        0,
        List.of(sentence),
        null,
        null,
        null,
        null,
        List.of(new Problem(Severity.ERROR, sentence, sentence)),
        null,
        null);
  }

  private static ReportData withVisits(List<ReportData.Visit> visits) {
    ReportData d = SampleReport.empty();
    return new ReportData(
        d.schemaVersion(),
        "0.1.0",
        d.created(),
        "c",
        "scalar",
        1,
        1,
        null,
        visits,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static List<String> ids(Document page) {
    List<String> ids = new ArrayList<>();
    NodeList sections = page.getElementsByTagName("section");
    for (int i = 0; i < sections.getLength(); i++) {
      String id = ((Element) sections.item(i)).getAttribute("id");
      if (!id.isEmpty()) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }
}
