package io.github.starlane.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlotsTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void ticksAreRoundAscendingAndInside(long seed) {
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      double middle = random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3);
      double span = Math.pow(10, random.nextDouble() * 6 - 4);
      Axis axis = Axis.linear("", middle, middle + span);

      List<Axis.Tick> ticks = axis.ticks(6);

      assertThat(ticks.size()).isBetween(3, 12);
      assertThat(ticks).allMatch(t -> axis.contains(t.value()));
      assertThat(ticks.stream().map(Axis.Tick::text)).doesNotHaveDuplicates();
      for (Axis.Tick tick : ticks) {
        double shown = Double.parseDouble(tick.text().replace('−', '-'));
        assertThat(shown).isCloseTo(tick.value(), within(1e-6 * Math.abs(span)));
      }
    }
  }

  @Test
  void equalValuesStillHaveAScale() {
    Axis axis = Axis.linear("", 5, 5, Double.NaN);

    assertThat(axis.fraction(5)).isCloseTo(0.5, within(1e-9));
    assertThat(axis.ticks(4)).isNotEmpty();
  }

  @Test
  void nothingKnownMeansNoPicture() {
    assertThat(Axis.linear("")).isNull();
    assertThat(Axis.logarithmic("", -1, 0, Double.NaN)).isNull();
    assertThat(new LinePlot("t", "x", "y", List.of()).svg()).isNull();
    assertThat(
            new LinePlot("t", "x", "y", List.of(new LinePlot.Point(1, Double.NaN, false, "")))
                .svg())
        .isNull();
    assertThat(new ScatterPlot("t", "x", "y", List.of()).svg()).isNull();
    assertThat(new ArrowField("t", 10, 10, List.of()).svg()).isNull();
    assertThat(new HeatMap("t", 10, 10, List.of(), 1).svg()).isNull();
    assertThat(new BarChart("t", List.of()).svg()).isNull();
  }

  @Test
  void lineBreaksWhereAValueIsMissing() {
    List<LinePlot.Point> points =
        List.of(
            new LinePlot.Point(1, 1, false, ""),
            new LinePlot.Point(2, Double.NaN, false, ""),
            new LinePlot.Point(3, 2, true, ""),
            new LinePlot.Point(4, 3, false, ""));

    String svg = new LinePlot("t", "x", "y", points).svg();

    assertThat(svg).containsPattern("class=\"curve\" d=\"M[0-9. ]+M[0-9. ]+L[0-9. ]+\"");
    assertThat(svg.split("<circle", -1)).hasSize(1 + 3);
    assertThat(svg.split("dot doubtful", -1)).hasSize(1 + 1);
  }

  @Test
  void oneWildStarDoesNotSqueezeTheOthers() {
    List<ScatterPlot.Point> points = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      points.add(new ScatterPlot.Point(10 + i * 0.01, 0.01 + i * 1e-5, 0.01));
    }
    points.add(new ScatterPlot.Point(15, 1e6, Double.NaN));

    String svg = new ScatterPlot("t", "x", "y", points).svg();

    assertThat(svg).doesNotContain(">1000000<").contains("1 star beyond").contains(">0.02<");
  }

  @Test
  void upwardResidualPointsUpOnThePage() {
    String svg =
        new ArrowField("t", 100, 100, List.of(new ReportData.Residual(50, 50, 0, 10))).svg();

    double[] shaft = numbers(svg.substring(svg.indexOf("class=\"arrow\" d=\"M") + 18));
    assertThat(shaft[2]).isCloseTo(shaft[0], within(0.11));
    assertThat(shaft[3]).isLessThan(shaft[1] - 10);
  }

  @Test
  void lowestRowOfCropsIsDrawnLowest() {
    String svg =
        new HeatMap(
                "t",
                100,
                200,
                List.of(
                    new HeatMap.Tile(0, 0, 100, 100, 1, "low"),
                    new HeatMap.Tile(0, 100, 100, 100, 2, "high")),
                0)
            .svg();

    assertThat(y(svg, "low")).isGreaterThan(y(svg, "high"));
    assertThat(HeatMap.colour(0)).isEqualTo("#440154");
    assertThat(HeatMap.colour(1)).isEqualTo("#fde725");
  }

  @Test
  void rmsOfResidualsIsPerAxis() {
    List<ReportData.Residual> residuals =
        List.of(new ReportData.Residual(1, 1, 3, 4), new ReportData.Residual(1, 1, -4, 3));

    assertThat(ArrowField.rms(residuals)).isCloseTo(Math.sqrt(12.5), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"300,200,100,100,67", "5,5,100,5,5", "1,1,8,1,1", "1000,10,256,250,3"})
  void thumbnailHasTheSizeAskedFor(int width, int height, int maxSize, int w, int h)
      throws Exception {
    BufferedImage image =
        ImageIO.read(
            new ByteArrayInputStream(
                Thumbnail.png(new float[width * height], width, height, maxSize)));

    assertThat(image.getWidth()).isEqualTo(w);
    assertThat(image.getHeight()).isEqualTo(h);
  }

  @Test
  void thumbnailShowsTheStarWhereItIsAndNaNAsBlack() throws Exception {
    Random random = new Random(1);
    float[] pixels = new float[100 * 100];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (1000 + 10 * random.nextGaussian());
    }
    pixels[10 * 100 + 20] = 20_000;
    Arrays.fill(pixels, 9900, 10_000, Float.NaN);

    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(Thumbnail.png(pixels, 100, 100, 100)));

    // Row 10 counted from below is row 89 of the picture.
    assertThat(image.getRaster().getSample(20, 89, 0)).isEqualTo(255);
    assertThat(image.getRaster().getSample(50, 0, 0)).isZero();
    assertThat(image.getRaster().getSample(50, 50, 0)).isBetween(5, 110);
  }

  @Test
  void deviationsAreDarkOrBrightAboutGrey() throws Exception {
    float[] deviations = new float[20 * 10];
    deviations[3] = 3;
    deviations[4] = -100;
    deviations[5] = 100;
    deviations[6] = Float.NaN;

    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(Thumbnail.significance(deviations, 20, 10)));

    // The first row is at the bottom.
    int[] row = image.getRaster().getSamples(0, 9, 8, 1, 0, (int[]) null);
    assertThat(row).containsExactly(128, 128, 128, 191, 0, 255, 128, 128);
    assertThat(image.getRaster().getSample(3, 0, 0)).isEqualTo(128);
  }

  @Test
  void thumbnailOfNothingKnownIsBlack() throws Exception {
    float[] pixels = new float[16];
    Arrays.fill(pixels, Float.NaN);

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Thumbnail.png(pixels, 4, 4, 4)));

    assertThat(image.getRaster().getSample(2, 2, 0)).isZero();
  }

  @Test
  void thumbnailRefusesSizesThatDoNotFit() {
    assertThatThrownBy(() -> Thumbnail.png(new float[5], 2, 2, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double y(String svg, String name) {
    int end = svg.indexOf("<title>" + name);
    int start = svg.lastIndexOf(" y=\"", end) + 4;
    return Double.parseDouble(svg.substring(start, svg.indexOf('"', start)));
  }

  private static double[] numbers(String path) {
    return Arrays.stream(path.substring(0, path.indexOf('"')).split("[ML ]+"))
        .filter(s -> !s.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }
}
