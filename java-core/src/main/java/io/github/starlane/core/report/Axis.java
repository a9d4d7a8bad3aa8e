package io.github.starlane.core.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scale of one axis.
 *
 * @param label name with its unit
 * @param low value at the beginning
 * @param high value at the end, above {@code low}
 * @param logarithmic decades instead of equal steps; then {@code low} is positive
 */
record Axis(String label, double low, double high, boolean logarithmic) {

  /** A mark on an axis. */
  record Tick(double value, String text) {}

  /** An axis that covers the finite values with a little room; null if there are none. */
  static Axis linear(String label, double... values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return null;
    }
    double low = Arrays.stream(finite).min().getAsDouble();
    double high = Arrays.stream(finite).max().getAsDouble();
    // Equal values still need a scale; a hundredth of the value looks as calm as the data are.
    double room = high > low ? 0.06 * (high - low) : Math.max(Math.abs(high) * 0.01, 1e-3);
    return new Axis(label, low - room, high + room, false);
  }

  /** A logarithmic axis that covers the positive finite values; null if there are none. */
  static Axis logarithmic(String label, double... values) {
    double[] usable = Arrays.stream(values).filter(v -> Double.isFinite(v) && v > 0).toArray();
    if (usable.length == 0) {
      return null;
    }
    double low = Arrays.stream(usable).min().getAsDouble() / 1.15;
    double high = Arrays.stream(usable).max().getAsDouble() * 1.15;
    return new Axis(label, low, high, true);
  }

  /** An axis with given ends. */
  static Axis between(String label, double low, double high) {
    return new Axis(label, low, high, false);
  }

  /** Where a value lies, 0 at the beginning and 1 at the end; may be outside. */
  double fraction(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Whether a value can be drawn inside. */
  boolean contains(double value) {
    double f = fraction(value);
    return Double.isFinite(f) && f >= 0 && f <= 1;
  }

  /** Marks at round values, about as many as wanted. */
  List<Tick> ticks(int wanted) {
    return logarithmic ? logarithmicTicks(wanted) : linearTicks(wanted);
  }

  private List<Tick> linearTicks(int wanted) {
    double step = roundStep((high - low) / wanted);
    int decimals = Math.clamp(-(long) Math.floor(Math.log10(step) + 1e-9), 0, 9);
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(new Tick(i * step, Markup.number(i * step, decimals)));
    }
    return ticks;
  }

  /** The largest of 1, 2, 5 × 10ⁿ not much above the value. */
  static double roundStep(double value) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    double rest = value / decade;
    return decade * (rest < 1.5 ? 1 : rest < 3.5 ? 2 : rest < 7.5 ? 5 : 10);
  }

  private List<Tick> logarithmicTicks(int wanted) {
    double decades = Math.log10(high / low);
    double[] digits = decades > wanted * 0.7 ? new double[] {1} : new double[] {1, 2, 5};
    List<Tick> ticks = new ArrayList<>();
    for (int e = (int) Math.floor(Math.log10(low)); e <= Math.log10(high); e++) {
      for (double digit : digits) {
        double value = digit * Math.pow(10, e);
        if (value >= low && value <= high) {
          ticks.add(new Tick(value, Markup.number(value, Math.max(0, -e))));
        }
      }
    }
    return ticks;
  }
}
