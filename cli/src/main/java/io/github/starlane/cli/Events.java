package io.github.starlane.cli;

import io.github.starlane.core.pipeline.Progress;
import java.util.Map;

/** Hears what a verb does and tells the user, as text or as JSON. */
interface Events extends Progress, AutoCloseable {

  /** A line of the result, for people; silent in JSON. */
  void line(String line);

  /** A part of the result, for programs; silent in text. */
  void data(String event, Map<String, ?> fields);

  /** Takes progress displays away. */
  @Override
  void close();
}
