package io.github.starlane.cli;

import io.github.starlane.core.product.ImageCards;
import io.github.starlane.core.source.SourceColumn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The terms that {@code starlane explain} knows: those of a file, and all columns and header
 * keywords with the words that the products themselves carry.
 */
final class Glossary {

  private final List<Entry> entries;

  private Glossary(List<Entry> entries) {
    this.entries = entries;
  }

  /** What is explained. */
  enum Kind {
    TERM,
    COLUMN,
    KEYWORD
  }

  /**
   * One term.
   *
   * @param name as listed
   * @param aliases other names of it
   * @param text one or a few sentences
   * @param kind what it is
   */
  record Entry(String name, List<String> aliases, String text, Kind kind) {

    private boolean answersTo(String term) {
      return name.equalsIgnoreCase(term) || aliases.stream().anyMatch(term::equalsIgnoreCase);
    }

    private List<String> allNames() {
      List<String> all = new ArrayList<>(aliases);
      all.add(0, name);
      return all;
    }
  }

  /** Reads the terms that come with the program. */
  static Glossary load() {
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Glossary.class.getResourceAsStream("explain.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          entries.add(parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("explain.txt is missing from the program", e);
    }
    for (SourceColumn column : SourceColumn.values()) {
      entries.add(new Entry(column.fitsName(), List.of(), textOf(column), Kind.COLUMN));
    }
    ImageCards.meanings()
        .forEach(
            (keyword, meaning) ->
                entries.add(
                    new Entry(keyword, List.of(), "Header keyword: " + meaning, Kind.KEYWORD)));
    return new Glossary(entries);
  }

  private static String textOf(SourceColumn column) {
    String unit = column.unit().isEmpty() ? "" : column.unit() + "; ";
    return "Column: " + column.description() + " [" + unit + "UCD " + column.ucd() + "]";
  }

  private static Entry parse(String line) {
    int bar = line.indexOf('|');
    List<String> names =
        Arrays.stream(line.substring(0, bar).split(";")).map(String::strip).toList();
    return new Entry(
        names.get(0), names.subList(1, names.size()), line.substring(bar + 1).strip(), Kind.TERM);
  }

  /** The main names of a kind, in order. */
  List<String> names(Kind kind) {
    return entries.stream().filter(e -> e.kind() == kind).map(Entry::name).toList();
  }

  /** All entries of that name, in any case of letters: a column may also be a term. */
  List<Entry> find(String term) {
    return entries.stream().filter(e -> e.answersTo(term.strip())).toList();
  }

  /** The known name that needs the fewest changes to become the term. */
  String nearest(String term) {
    List<String> all = entries.stream().flatMap(e -> e.allNames().stream()).toList();
    return Spelling.nearest(term, all);
  }
}
