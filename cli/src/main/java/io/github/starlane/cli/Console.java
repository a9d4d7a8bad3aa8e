package io.github.starlane.cli;

import java.io.PrintStream;

/**
 * Standard output and standard error. Results go to the first; progress, warnings and errors to the
 * second, where a status line may stand that moves down as lines are printed above it.
 */
final class Console {

  private static final String CLEAR_LINE = "\r\u001B[2K";

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private String status = "";
  private boolean muted;

  /**
   * A console.
   *
   * @param out results
   * @param err everything else
   * @param columns width of the terminal behind {@code err}, 0 if there is none
   */
  Console(PrintStream out, PrintStream err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  /**
   * The console of this process. The launcher says in {@code starlane.terminal.columns} whether
   * standard error is a terminal: Java itself cannot tell for standard error alone.
   */
  static Console ofProcess() {
    int columns = Integer.getInteger("starlane.terminal.columns", 0);
    return new Console(System.out, System.err, columns);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** Width of the terminal, 0 if there is none. */
  int columns() {
    return columns;
  }

  boolean isTerminal() {
    return columns > 0;
  }

  /** A line of the result. */
  synchronized void result(String line) {
    withoutStatus(() -> out.println(line));
    out.flush();
  }

  /** A line for people, on standard error. */
  synchronized void message(String line) {
    withoutStatus(() -> err.println(line));
  }

  /** Replaces the status line; does nothing without a terminal. */
  synchronized void status(String text) {
    if (isTerminal() && !muted) {
      status = text;
      err.print(CLEAR_LINE + text);
      err.flush();
    }
  }

  /** Says nothing more: what comes from now on is the noise of work that was stopped. */
  synchronized void mute() {
    clearStatus();
    muted = true;
  }

  /** Takes the status line away. */
  synchronized void clearStatus() {
    if (!status.isEmpty()) {
      status = "";
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private void withoutStatus(Runnable print) {
    if (muted) {
      return;
    }
    if (!status.isEmpty()) {
      err.print(CLEAR_LINE);
      err.flush();
    }
    print.run();
    if (!status.isEmpty()) {
      err.print(status);
    }
    err.flush();
  }
}
