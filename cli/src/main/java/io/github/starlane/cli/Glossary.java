package io.github.starlane.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The terms that {@code starlane explain} knows. */
final class Glossary {

  private final List<Entry> entries;

  private Glossary(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * One term.
   *
   * @param name as listed
   * @param aliases other names of it
   * @param text one or a few sentences
   */
  record Entry(String name, List<String> aliases, String text) {

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
    return new Glossary(entries);
  }

  private static Entry parse(String line) {
    int bar = line.indexOf('|');
    List<String> names =
        Arrays.stream(line.substring(0, bar).split(";")).map(String::strip).toList();
    return new Entry(names.get(0), names.subList(1, names.size()), line.substring(bar + 1).strip());
  }

  /** The main names, in order. */
  List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /** The entry of that name, in any case of letters. */
  Optional<Entry> find(String term) {
    return entries.stream().filter(e -> e.answersTo(term.strip())).findFirst();
  }

  /** The known name that needs the fewest changes to become the term. */
  String nearest(String term) {
    List<String> all = entries.stream().flatMap(e -> e.allNames().stream()).toList();
    return Spelling.nearest(term, all);
  }
}
