package io.github.starlane.core.report;

import io.github.starlane.core.report.ReportData.Crop;
import io.github.starlane.core.report.ReportData.Epoch;
import io.github.starlane.core.report.ReportData.State;
import io.github.starlane.core.report.ReportData.Visit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The part of the page that concerns one visit. */
final class VisitSection {

  /** So few coadds are shown in larger pictures. */
  private static final int FEW_CROPS = 6;

  private final Visit visit;
  private final int number;
  private final double thumbnailFactor;

  VisitSection(Visit visit, int number, double thumbnailFactor) {
    this.visit = visit;
    this.number = number;
    this.thumbnailFactor = thumbnailFactor;
  }

  String html() {
    return "<section id=\"visit-"
        + number
        + "\" class=\"visit\"><h2>"
        + Markup.escape(visit.name())
        + "</h2>"
        + description()
        + coadds()
        + overTime()
        + overField()
        + quality()
        + residuals()
        + tables()
        + "</section>\n";
  }

  private String description() {
    List<String> parts = new ArrayList<>();
    addIfKnown(parts, "", visit.instrument());
    addIfKnown(parts, "camera ", visit.camera());
    addIfKnown(parts, "filter ", visit.filter());
    addIfKnown(parts, "field ", visit.field());
    addIfKnown(parts, "from ", visit.start());
    if (Double.isFinite(visit.ra()) && Double.isFinite(visit.dec())) {
      parts.add(
          "RA " + Markup.number(visit.ra(), 4) + "° Dec " + Markup.number(visit.dec(), 4) + "°");
    }
    if (Double.isFinite(visit.pixelScale())) {
      parts.add(Markup.number(visit.pixelScale(), 3) + "″/pixel");
    }
    parts.add(visit.width() + " × " + visit.height() + " pixels");
    parts.add(Markup.plural(visit.epochs().size(), "exposure"));
    return "<p class=\"where\">" + Markup.escape(String.join(" · ", parts)) + "</p>";
  }

  private static void addIfKnown(List<String> parts, String name, String value) {
    if (value != null && !value.isBlank()) {
      parts.add(name + value);
    }
  }

  private String coadds() {
    List<Crop> pictured = visit.crops().stream().filter(c -> c.thumbnail() != null).toList();
    if (pictured.isEmpty()) {
      return "<h3>Coadds</h3><p class=\"calm\">There are no coadds to show.</p>";
    }
    StringBuilder out = new StringBuilder("<h3>Coadds</h3><div class=\"thumbnails");
    out.append(pictured.size() <= FEW_CROPS ? " few\">" : "\">");
    for (Crop crop : pictured) {
      byte[] png =
          thumbnailFactor < 1
              ? Thumbnail.scaled(crop.thumbnail(), thumbnailFactor)
              : crop.thumbnail();
      out.append("<figure><img loading=\"lazy\" alt=\"Coadd of crop ")
          .append(crop.id())
          .append("\" src=\"data:image/png;base64,")
          .append(Base64.getEncoder().encodeToString(png))
          .append("\" /><figcaption>crop ")
          .append(crop.id())
          .append(" · ")
          .append(Markup.plural(crop.coaddSources(), "source"))
          .append(crop.state() == State.DONE ? "" : " " + HtmlTable.badge(crop.state()))
          .append("</figcaption></figure>");
    }
    return out.append("</div>").toString();
  }

  private String overTime() {
    StringBuilder plots = new StringBuilder();
    timePlot(plots, "Sky background", "e⁻ / pixel", Epoch::background);
    timePlot(plots, "Seeing", "FWHM (pixels)", Epoch::fwhm);
    timePlot(plots, "PSF ellipticity", "1 − b/a", Epoch::ellipticity);
    timePlot(plots, "Zero point against the reference exposure", "mag", Epoch::zeroPointDelta);
    timePlot(plots, "Sources", "number", Epoch::sources);
    timePlot(plots, "Limiting magnitude (S/N 5)", "mag", Epoch::limitingMagnitude);
    timePlot(plots, "Astrometric residual per axis", "rms (mas)", Epoch::astrometricRms);
    return plots.isEmpty() ? "" : "<h3>Over time</h3><div class=\"plots\">" + plots + "</div>";
  }

  private void timePlot(
      StringBuilder plots, String title, String label, ToDoubleFunction<Epoch> quantity) {
    double first =
        visit.epochs().stream().mapToDouble(Epoch::jd).filter(Double::isFinite).min().orElse(0);
    boolean timed = visit.epochs().stream().allMatch(e -> Double.isFinite(e.jd()));
    List<LinePlot.Point> points = new ArrayList<>();
    for (Epoch epoch : visit.epochs()) {
      boolean measured = epoch.state() == State.DONE || epoch.state() == State.DEGRADED;
      double value = measured ? quantity.applyAsDouble(epoch) : Double.NaN;
      points.add(
          new LinePlot.Point(
              timed ? (epoch.jd() - first) * 1440 : epoch.index(),
              value,
              epoch.state() != State.DONE,
              "exposure " + epoch.index() + ": " + Markup.compact(value)));
    }
    String xLabel = timed ? "minutes since the first exposure" : "exposure";
    figure(plots, title, new LinePlot(title + ", " + label, xLabel, label, points).svg());
  }

  private String overField() {
    if (visit.crops().size() < 2) {
      return "";
    }
    StringBuilder maps = new StringBuilder();
    fieldMap(maps, "FWHM of the coadds (pixels)", 2, Crop::fwhm);
    fieldMap(maps, "PSF ellipticity of the coadds", 3, Crop::ellipticity);
    fieldMap(maps, "Sky background (e⁻ / pixel)", 1, Crop::background);
    fieldMap(maps, "Sources in the coadds", 0, Crop::coaddSources);
    fieldMap(maps, "Sources per exposure", 0, Crop::epochSources);
    fieldMap(maps, "Zero point (mag)", 3, Crop::zeroPoint);
    fieldMap(maps, "Limiting magnitude (S/N 5)", 2, Crop::limitingMagnitude);
    fieldMap(maps, "Astrometric residual (mas)", 1, Crop::astrometricRms);
    return maps.isEmpty() ? "" : "<h3>Over the field</h3><div class=\"maps\">" + maps + "</div>";
  }

  private void fieldMap(
      StringBuilder maps, String title, int decimals, ToDoubleFunction<Crop> quantity) {
    List<HeatMap.Tile> tiles =
        visit.crops().stream()
            .map(
                c ->
                    new HeatMap.Tile(
                        c.xMin() - 1.0,
                        c.yMin() - 1.0,
                        c.width(),
                        c.height(),
                        c.state() == State.QUARANTINED ? Double.NaN : quantity.applyAsDouble(c),
                        "crop " + c.id()))
            .toList();
    double width = Math.max(visit.width(), extent(tiles, t -> t.x() + t.width()));
    double height = Math.max(visit.height(), extent(tiles, t -> t.y() + t.height()));
    figure(maps, title, new HeatMap(title, width, height, tiles, decimals).svg());
  }

  private static double extent(List<HeatMap.Tile> tiles, ToDoubleFunction<HeatMap.Tile> end) {
    return tiles.stream().mapToDouble(end).max().orElse(0);
  }

  private String quality() {
    StringBuilder plots = new StringBuilder();
    List<ScatterPlot.Point> points =
        visit.magnitudeScatter().stream()
            .map(p -> new ScatterPlot.Point(p.magnitude(), p.rms(), p.expected()))
            .toList();
    figure(
        plots,
        "Scatter of "
            + Markup.plural(points.size(), "star")
            + " over the exposures; the line is the noise model",
        new ScatterPlot("Photometric scatter against magnitude", "magnitude", "rms (mag)", points)
            .svg());
    figure(
        plots,
        "Astrometric residuals of "
            + Markup.plural(visit.residuals().size(), "star")
            + ", rms "
            + Markup.compact(ArrowField.rms(visit.residuals()))
            + " mas per axis",
        new ArrowField(
                "Astrometric residuals over the field",
                visit.width(),
                visit.height(),
                visit.residuals())
            .svg());
    return plots.isEmpty()
        ? ""
        : "<h3>Photometry and astrometry</h3><div class=\"plots pair\">" + plots + "</div>";
  }

  private String residuals() {
    if (visit.residualPictures().isEmpty()) {
      return "";
    }
    StringBuilder out =
        new StringBuilder("<h3>What the sources leave over</h3><p class=\"calm\">")
            .append(
                "Around the brightest star that is not overexposed: the image, and what is left ")
            .append(
                "where all sources have been taken off; black and white are −6 and +6 σ of the ")
            .append("noise. Rings around stars would tell of a wrong PSF.</p>")
            .append("<div class=\"thumbnails few\">");
    for (ReportData.ResidualPicture p : visit.residualPictures()) {
      String place = "exposure " + p.epoch() + ", crop " + p.crop();
      String from = ", from x = " + p.xMin() + ", y = " + p.yMin();
      picture(out, p.image(), "Image, " + place + from);
      picture(out, p.residual(), "Residual, " + place);
    }
    return out.append("</div>").toString();
  }

  private static void picture(StringBuilder out, byte[] png, String caption) {
    out.append("<figure><img loading=\"lazy\" alt=\"")
        .append(caption)
        .append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(png))
        .append("\" /><figcaption>")
        .append(caption)
        .append("</figcaption></figure>");
  }

  private String tables() {
    HtmlTable epochs =
        new HtmlTable(
            "Exposures",
            List.of(
                "#No.",
                "File",
                "State",
                "#Exposure (s)",
                "#Airmass",
                "#Sky (e⁻)",
                "#FWHM (px)",
                "#Ellipticity",
                "#ΔZP (mag)",
                "#Sources",
                "#Limit (mag)",
                "#Astrometry (mas)",
                "Reason"));
    for (Epoch e : visit.epochs()) {
      epochs
          .row()
          .number(Integer.toString(e.index()))
          .name(e.file())
          .markup(HtmlTable.badge(e.state()))
          .number(Markup.compact(e.exposureTime()))
          .number(Markup.number(e.airmass(), 2))
          .number(Markup.compact(e.background()))
          .number(Markup.number(e.fwhm(), 2))
          .number(Markup.number(e.ellipticity(), 3))
          .number(Markup.number(e.zeroPointDelta(), 3))
          .number(Markup.count(e.sources()))
          .number(Markup.number(e.limitingMagnitude(), 2))
          .number(Markup.compact(e.astrometricRms()))
          .text(e.reason() == null ? "" : e.reason())
          .endRow();
    }
    HtmlTable crops =
        new HtmlTable(
            "Crops",
            List.of(
                "#No.",
                "Coadd",
                "State",
                "#x",
                "#y",
                "#Exposures",
                "#Sources",
                "#FWHM (px)",
                "#Sky (e⁻)",
                "#Zero point",
                "#Limit (mag)",
                "#Astrometric stars",
                "#Astrometry (mas)",
                "Reason"));
    for (Crop c : visit.crops()) {
      crops
          .row()
          .number(Integer.toString(c.id()))
          .name(c.coaddFile())
          .markup(HtmlTable.badge(c.state()))
          .number(c.xMin() + "–" + (c.xMin() + c.width() - 1))
          .number(c.yMin() + "–" + (c.yMin() + c.height() - 1))
          .number(Markup.count(c.epochsUsed()))
          .number(Markup.count(c.coaddSources()))
          .number(Markup.number(c.fwhm(), 2))
          .number(Markup.compact(c.background()))
          .number(Markup.number(c.zeroPoint(), 3))
          .number(Markup.number(c.limitingMagnitude(), 2))
          .number(Markup.count(c.astrometricStars()))
          .number(Markup.compact(c.astrometricRms()))
          .text(c.reason() == null ? "" : c.reason())
          .endRow();
    }
    return "<details><summary>Tables of exposures and crops</summary>"
        + epochs.end()
        + crops.end()
        + "</details>";
  }

  private static void figure(StringBuilder out, String caption, String svg) {
    if (svg != null) {
      out.append("<figure><figcaption>")
          .append(Markup.escape(caption))
          .append("</figcaption>")
          .append(svg)
          .append("</figure>");
    }
  }
}
