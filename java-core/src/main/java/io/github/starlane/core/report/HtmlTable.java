package io.github.starlane.core.report;

import java.util.List;

/** Writes one table. Cells are escaped unless they are said to be markup. */
final class HtmlTable {

  private final StringBuilder out = new StringBuilder(1024);

  /** A table with these column heads; a head that begins with "#" stands over numbers. */
  HtmlTable(String caption, List<String> heads) {
    out.append("<div class=\"scroll\"><table><caption>")
        .append(Markup.escape(caption))
        .append("</caption><thead><tr>");
    for (String head : heads) {
      boolean numeric = head.startsWith("#");
      out.append(numeric ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
          .append(Markup.escape(numeric ? head.substring(1) : head))
          .append("</th>");
    }
    out.append("</tr></thead><tbody>");
  }

  HtmlTable row() {
    out.append("<tr>");
    return this;
  }

  HtmlTable endRow() {
    out.append("</tr>");
    return this;
  }

  HtmlTable text(String text) {
    out.append("<td>").append(Markup.escape(text)).append("</td>");
    return this;
  }

  /** A text that may be broken anywhere, such as a file name. */
  HtmlTable name(String text) {
    out.append("<td class=\"name\">").append(Markup.escape(text)).append("</td>");
    return this;
  }

  HtmlTable number(String text) {
    out.append("<td class=\"number\">").append(Markup.escape(text)).append("</td>");
    return this;
  }

  HtmlTable markup(String html) {
    out.append("<td>").append(html).append("</td>");
    return this;
  }

  /** The finished element. */
  String end() {
    return out.append("</tbody></table></div>").toString();
  }

  /** The state as a small coloured label. */
  static String badge(ReportData.State state) {
    String label = state == null ? "unknown" : state.label();
    return "<span class=\"badge " + label + "\">" + label + "</span>";
  }
}
