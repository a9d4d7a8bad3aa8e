package io.github.starlane.core;

/** How a run ended, as the number the program gives back to the shell. */
public enum ExitCode {
  OK(0),
  SOME_UNITS_FAILED(1),
  USAGE(2),
  UNREADABLE_INPUT(3),
  CALIBRATION_MISSING(4),
  QUALITY_GATE(5),
  RESOURCE(6),
  DEVICE_FAULT(7),
  CONFLICT(8);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number. */
  public int number() {
    return number;
  }
}
