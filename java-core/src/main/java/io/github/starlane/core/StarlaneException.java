package io.github.starlane.core;

import java.util.Objects;

/**
 * A failure told in full: what happened, where, why, and what to do about it; with the exit code it
 * leads to.
 */
public class StarlaneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String what;
  private final String where;
  private final String why;
  private final String remedy;

  /**
   * A failure.
   *
   * @param exitCode what the program ends with if this ends the run
   * @param what happened, e.g. "cannot read the frame"
   * @param where file, HDU, card or byte offset
   * @param why the reason
   * @param remedy what the user can do
   */
  public StarlaneException(
      ExitCode exitCode, String what, String where, String why, String remedy) {
    this(exitCode, what, where, why, remedy, null);
  }

  /** A failure with the exception that led to it. */
  public StarlaneException(
      ExitCode exitCode, String what, String where, String why, String remedy, Throwable cause) {
    super(Objects.requireNonNull(what) + ": " + where + ": " + why + "; " + remedy, cause);
    this.exitCode = exitCode;
    this.what = what;
    this.where = where;
    this.why = why;
    this.remedy = remedy;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String what() {
    return what;
  }

  public String where() {
    return where;
  }

  public String why() {
    return why;
  }

  public String remedy() {
    return remedy;
  }
}
