package dev.manyfactor.web;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/// What the server logs about requests meanwhile, instead of on the console.
final class LogLines implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.manyfactor.web.request");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  LogLines() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
  }

  /// The message of each failure that was logged with its stack.
  List<String> failures() {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getLevel() == Level.ERROR)
        .map(line -> line.getThrowableProxy().getMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }
}
