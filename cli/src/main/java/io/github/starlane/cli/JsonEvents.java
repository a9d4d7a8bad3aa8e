package io.github.starlane.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events for programs: one JSON object per line on standard output, each with {@code event} and
 * {@code time}. People at a terminal still see progress on standard error.
 */
final class JsonEvents implements Events {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long PROGRESS_NANOSECONDS = 500_000_000;

  private final Console console;
  private final Events people;
  private String step;
  private long units;
  private long done;
  private long stepBegan;
  private long lastTold;

  /**
   * Events that are written to a console's standard output.
   *
   * @param people hears progress and notes too
   */
  JsonEvents(Console console, Events people) {
    this.console = console;
    this.people = people;
  }

  @Override
  public synchronized void begin(String name, long count) {
    step = name;
    units = count;
    done = 0;
    stepBegan = System.nanoTime();
    lastTold = stepBegan;
    data("step", Map.of("step", name, "units", count));
    people.begin(name, count);
  }

  @Override
  public synchronized void advance(String name, long count) {
    done += count;
    long now = System.nanoTime();
    if (now - lastTold > PROGRESS_NANOSECONDS) {
      lastTold = now;
      data("progress", fields("step", name, "done", done, "units", units));
    }
    people.advance(name, count);
  }

  @Override
  public synchronized void end(String name) {
    if (step != null) {
      double seconds = Math.rint((System.nanoTime() - stepBegan) * 1e-6) * 1e-3;
      data("step-end", fields("step", name, "done", done, "seconds", seconds));
      step = null;
    }
    people.end(name);
  }

  @Override
  public void note(String event, String message) {
    data(event, Map.of("message", message));
    people.note(event, message);
  }

  @Override
  public void line(String line) {}

  @Override
  public void data(String event, Map<String, ?> fields) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("event", event);
    object.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    object.putAll(fields);
    try {
      console.result(MAPPER.writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("event cannot be put into JSON: " + event, e);
    }
  }

  @Override
  public void close() {
    people.close();
  }

  /** An ordered map of names and values in turn; null values are kept. */
  static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
