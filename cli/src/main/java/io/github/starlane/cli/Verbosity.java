package io.github.starlane.cli;

/** How much the user wants to read. */
enum Verbosity {
  /** Errors only. */
  QUIET,
  /** Progress, results, warnings. */
  NORMAL,
  /** And what was assumed, chosen and written. */
  INFO,
  /** And everything, with stack traces. */
  DEBUG
}
