package io.github.starlane.core.instrument;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A small formula over header keywords: numbers, keywords, {@code + - * / ^} and parentheses, e.g.
 * {@code 65536 / SOFTGAIN - 1}. A keyword may hold letters, digits, {@code _}, {@code -} (inside
 * backquotes only) and, in backquotes, blanks: {@code `HIERARCH ESO DET OUT1 GAIN`}.
 */
public final class Expression {
  private final String text;

  /**
   * A formula.
   *
   * @throws IllegalArgumentException if it cannot be understood
   */
  public Expression(String text) {
    this.text = text;
    new Evaluation(key -> OptionalDouble.of(1)).run();
  }

  /** Its value; empty if a keyword is missing or the result is not finite. */
  public OptionalDouble evaluate(Function<String, OptionalDouble> keywords) {
    Evaluation evaluation = new Evaluation(keywords);
    double value = evaluation.run();
    return evaluation.missing || !Double.isFinite(value)
        ? OptionalDouble.empty()
        : OptionalDouble.of(value);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Recursive descent: sum → product → power → atom. */
  private final class Evaluation {
    private final Function<String, OptionalDouble> keywords;
    private int at;
    private boolean missing;

    Evaluation(Function<String, OptionalDouble> keywords) {
      this.keywords = keywords;
    }

    double run() {
      double value = sum();
      if (peek() != 0) {
        throw error();
      }
      return value;
    }

    private double sum() {
      double value = product();
      while (peek() == '+' || peek() == '-') {
        value += take() == '+' ? product() : -product();
      }
      return value;
    }

    private double product() {
      double value = power();
      while (peek() == '*' || peek() == '/') {
        value = take() == '*' ? value * power() : value / power();
      }
      return value;
    }

    /** The sign binds less than the power: −2^2 is −4. */
    private double power() {
      if (peek() == '-') {
        take();
        return -power();
      }
      double base = atom();
      if (peek() == '^') {
        take();
        return Math.pow(base, power());
      }
      return base;
    }

    private double atom() {
      char c = peek();
      if (c == '(') {
        take();
        double value = sum();
        if (peek() != ')') {
          throw error();
        }
        take();
        return value;
      } else if (Character.isDigit(c) || c == '.') {
        return number();
      } else if (c == '`' || Character.isLetter(c) || c == '_') {
        return keyword();
      }
      throw error();
    }

    private double number() {
      int start = at;
      while (at < text.length()
          && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.' || isExponent(start))) {
        at++;
      }
      try {
        return Double.parseDouble(text.substring(start, at));
      } catch (NumberFormatException e) {
        at = start;
        throw error();
      }
    }

    private boolean isExponent(int start) {
      char c = text.charAt(at);
      if (c == 'e' || c == 'E') {
        return at > start;
      }
      return (c == '-' || c == '+')
          && at > start
          && Character.toLowerCase(text.charAt(at - 1)) == 'e';
    }

    private double keyword() {
      int start = at;
      String key;
      if (text.charAt(at) == '`') {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
          throw error();
        }
        key = text.substring(start + 1, end);
        at = end + 1;
      } else {
        while (at < text.length()
            && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
          at++;
        }
        key = text.substring(start, at);
      }
      OptionalDouble value = keywords.apply(key);
      missing |= value.isEmpty();
      return value.orElse(1);
    }

    private char peek() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private char take() {
      char c = peek();
      at++;
      return c;
    }

    private IllegalArgumentException error() {
      return new IllegalArgumentException(
          "cannot understand \"" + text + "\" at position " + (at + 1));
    }
  }
}
