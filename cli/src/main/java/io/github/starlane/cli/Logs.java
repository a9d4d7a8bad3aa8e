package io.github.starlane.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Sends log records to the user: warnings as one line each, more with {@code -v}.
 *
 * <p>Logback finds this class as its configurator, so that it neither looks for files nor prints on
 * its own.
 */
public final class Logs extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Directs the log.
   *
   * @param verbosity how much
   * @param events where records go as JSON, or null for text
   * @param console where records go as text
   */
  static void configure(Verbosity verbosity, Events events, Console console) {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.setLevel(
        switch (verbosity) {
          case QUIET -> Level.ERROR;
          case NORMAL -> Level.WARN;
          case INFO -> Level.INFO;
          case DEBUG -> Level.DEBUG;
        });
    Lines lines = new Lines(verbosity == Verbosity.DEBUG, events, console);
    lines.setContext(root.getLoggerContext());
    lines.start();
    root.addAppender(lines);
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final boolean stackTraces;
    private final Events events;
    private final Console console;

    Lines(boolean stackTraces, Events events, Console console) {
      this.stackTraces = stackTraces;
      this.events = events;
      this.console = console;
    }

    @Override
    protected void append(ILoggingEvent record) {
      String level = levelName(record.getLevel());
      String text = record.getFormattedMessage();
      IThrowableProxy thrown = record.getThrowableProxy();
      if (events != null) {
        events.data(level, Map.of("message", text, "logger", record.getLoggerName()));
      } else {
        console.message("starlane: " + level + ": " + text);
        if (thrown != null && stackTraces) {
          console.message(ThrowableProxyUtil.asString(thrown));
        }
      }
    }

    private static String levelName(Level level) {
      return level == Level.WARN ? "warning" : level.toString().toLowerCase(Locale.ROOT);
    }
  }
}
