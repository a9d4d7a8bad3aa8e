package io.github.starlane.core.report;

import java.util.Locale;

/** Writes one inline SVG picture, piece by piece. Colours come from the page's style sheet. */
final class Svg {

  private final StringBuilder out = new StringBuilder(4096);

  /** A picture of that size in its own units; the page scales it. */
  Svg(double width, double height, String description) {
    out.append("<svg viewBox=\"0 0 ")
        .append(coordinate(width))
        .append(' ')
        .append(coordinate(height))
        .append("\" role=\"img\" aria-label=\"")
        .append(Markup.escape(description))
        .append("\">");
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    open("line", style);
    attribute("x1", x1).attribute("y1", y1).attribute("x2", x2).attribute("y2", y2);
    out.append("/>");
    return this;
  }

  Svg rectangle(String style, double x, double y, double width, double height, String tip) {
    open("rect", style);
    attribute("x", x).attribute("y", y).attribute("width", width).attribute("height", height);
    return closeWithTip("rect", tip);
  }

  /** A rectangle in a colour of its own, as {@code #rrggbb}. */
  Svg tile(String colour, double x, double y, double width, double height, String tip) {
    out.append("<rect fill=\"").append(colour).append('"');
    attribute("x", x).attribute("y", y).attribute("width", width).attribute("height", height);
    return closeWithTip("rect", tip);
  }

  Svg circle(String style, double x, double y, double radius, String tip) {
    open("circle", style);
    attribute("cx", x).attribute("cy", y).attribute("r", radius);
    return closeWithTip("circle", tip);
  }

  Svg path(String style, CharSequence data) {
    open("path", style);
    out.append(" d=\"").append(data).append("\"/>");
    return this;
  }

  Svg text(String style, double x, double y, String anchor, String text) {
    open("text", style);
    attribute("x", x).attribute("y", y);
    out.append(" text-anchor=\"").append(anchor).append("\">");
    out.append(Markup.escape(text)).append("</text>");
    return this;
  }

  /** Text in a colour of its own, centred. */
  Svg colouredText(String colour, double x, double y, String text) {
    open("text", "value");
    attribute("x", x).attribute("y", y);
    out.append(" text-anchor=\"middle\" style=\"fill:").append(colour).append("\">");
    out.append(Markup.escape(text)).append("</text>");
    return this;
  }

  /** Text that runs upwards, centred on its position. */
  Svg verticalText(String style, double x, double y, String text) {
    open("text", style);
    out.append(" text-anchor=\"middle\" transform=\"translate(")
        .append(coordinate(x))
        .append(' ')
        .append(coordinate(y))
        .append(") rotate(-90)\">")
        .append(Markup.escape(text))
        .append("</text>");
    return this;
  }

  /** The finished element. */
  String end() {
    return out.append("</svg>").toString();
  }

  /** A coordinate with one decimal, short. */
  static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void open(String element, String style) {
    out.append('<').append(element).append(" class=\"").append(style).append('"');
  }

  private Svg attribute(String name, double value) {
    out.append(' ').append(name).append("=\"").append(coordinate(value)).append('"');
    return this;
  }

  private Svg closeWithTip(String element, String tip) {
    if (tip == null) {
      out.append("/>");
    } else {
      out.append("><title>").append(Markup.escape(tip)).append("</title></");
      out.append(element).append('>');
    }
    return this;
  }
}
