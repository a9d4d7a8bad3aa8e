package io.github.starlane.cli;

import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Events for people. Progress is a bar on a terminal and one line per finished step elsewhere.
 *
 * <p>Methods may be called from many threads.
 */
final class TextEvents implements Events {

  private static final int REDRAW_MILLISECONDS = 100;
  private static final int WIDEST_BAR = 100;

  private final Console console;
  private final Verbosity verbosity;
  private final boolean results;
  private ProgressBar bar;
  private String step;
  private long stepBegan;
  private long done;

  /** Events that are shown on a console. */
  TextEvents(Console console, Verbosity verbosity) {
    this(console, verbosity, true);
  }

  /**
   * Events of which only progress and messages are shown, as another writes the results.
   *
   * @param results whether to show results
   */
  TextEvents(Console console, Verbosity verbosity, boolean results) {
    this.console = console;
    this.verbosity = verbosity;
    this.results = results;
  }

  @Override
  public synchronized void begin(String name, long units) {
    closeBar();
    step = name;
    stepBegan = System.nanoTime();
    done = 0;
    if (console.isTerminal() && verbosity != Verbosity.QUIET) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(padded(name))
              .setInitialMax(Math.max(units, 1))
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
              .setConsumer(new StatusLine())
              .build();
    }
  }

  @Override
  public synchronized void advance(String name, long units) {
    done += units;
    if (bar != null) {
      bar.stepBy(units);
    }
  }

  @Override
  public synchronized void end(String name) {
    if (step == null) {
      return;
    }
    closeBar();
    double seconds = (System.nanoTime() - stepBegan) * 1e-9;
    if (verbosity != Verbosity.QUIET) {
      String units = done > 0 ? Long.toString(done) : "";
      console.message(String.format(Locale.ROOT, "  %s %8s %9.2f s", padded(name), units, seconds));
    }
    step = null;
  }

  @Override
  public void note(String event, String message) {
    switch (event) {
      case "error" -> console.message("starlane: error: " + message);
      case "warning" -> {
        if (verbosity != Verbosity.QUIET) {
          console.message("starlane: warning: " + message);
        }
      }
      default -> {
        if (verbosity.compareTo(Verbosity.INFO) >= 0) {
          console.message("starlane: " + event + ": " + message);
        }
      }
    }
  }

  @Override
  public void line(String line) {
    if (results && verbosity != Verbosity.QUIET) {
      console.result(line);
    }
  }

  @Override
  public void data(String event, Map<String, ?> fields) {}

  @Override
  public synchronized void close() {
    closeBar();
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
      console.clearStatus();
    }
  }

  private static String padded(String name) {
    return String.format(Locale.ROOT, "%-24s", name);
  }

  /** Where the bar is drawn. */
  private final class StatusLine implements ProgressBarConsumer {

    @Override
    public int getMaxRenderedLength() {
      // The last column stays free: some terminals would wrap the line.
      return Math.clamp(console.columns() - 1, 20, WIDEST_BAR);
    }

    @Override
    public void accept(String rendered) {
      console.status(rendered);
    }

    @Override
    public void close() {
      console.clearStatus();
    }
  }
}
