package io.github.starlane.core.instrument;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Yaml;
import io.github.starlane.core.fits.Section;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds what is wrong with a profile when it is read, not when the first frame meets it. */
final class ProfileCheck {
  private static final List<String> NUMBERS =
      Arrays.stream(InstrumentProfile.Quantity.values())
          .map(InstrumentProfile.Quantity::key)
          .toList();

  private final String source;

  private ProfileCheck(String source) {
    this.source = source;
  }

  /**
   * A tree as a profile.
   *
   * @param source what to name in errors
   * @throws StarlaneException (exit code 2) if a key is unknown, or a pattern, formula or section
   *     cannot be understood
   */
  static InstrumentProfile checked(JsonNode tree, String source) {
    InstrumentProfile profile = Yaml.bind(tree, InstrumentProfile.class, source);
    new ProfileCheck(source).check(profile);
    return profile;
  }

  private void check(InstrumentProfile p) {
    if (p.name() == null || p.name().isBlank()) {
      throw fault("it has no name", "add a line \"name: …\"");
    }
    known("keywords", p.keywords().keySet(), InstrumentProfile.TEXTS);
    known("numbers", p.numbers().keySet(), NUMBERS);
    p.recognise().forEach(rule -> pattern("recognise", rule.matches()));
    if (p.fileName() != null) {
      pattern("fileName", p.fileName());
    }
    p.numbers().forEach((key, formulas) -> formulas.forEach(f -> formula(key, f)));
    p.geometries().forEach(this::geometry);
  }

  private void known(String group, Set<String> keys, Collection<String> known) {
    for (String key : keys) {
      if (!known.contains(key)) {
        throw fault(
            "there is no \"" + key + "\" under " + group,
            "did you mean \"" + Yaml.nearest(key, known) + "\"?");
      }
    }
  }

  private void pattern(String key, String expression) {
    try {
      Pattern.compile(expression == null ? "" : expression);
    } catch (PatternSyntaxException e) {
      throw fault(key + " is no regular expression: " + e.getDescription(), "correct it");
    }
    if (expression == null) {
      throw fault("a rule under " + key + " has no \"matches\"", "add a regular expression");
    }
  }

  private void formula(String key, String formula) {
    try {
      new Expression(formula);
    } catch (IllegalArgumentException e) {
      throw fault("numbers, " + key + ": " + e.getMessage(), "correct the formula");
    }
  }

  private void geometry(InstrumentProfile.Geometry g) {
    for (String section : new String[] {g.light(), g.overscan()}) {
      if (section != null && Section.parse(section).isEmpty()) {
        throw fault(
            "\"" + section + "\" under geometries is no section",
            "write it as [x1:x2,y1:y2], 1-based, both ends included");
      }
    }
    boolean grid = g.columns() > 0 || g.rows() > 0 || g.cropSize() > 0;
    if (grid && (g.columns() <= 0 || g.rows() <= 0 || g.cropSize() <= 0)) {
      throw fault(
          "a grid of crops needs columns, rows and cropSize, all positive",
          "give all three under geometries, or none");
    }
  }

  private StarlaneException fault(String why, String remedy) {
    return new StarlaneException(
        ExitCode.USAGE, "cannot use the instrument profile", source, why, remedy);
  }
}
