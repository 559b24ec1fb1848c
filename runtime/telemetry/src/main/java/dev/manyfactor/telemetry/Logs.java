package dev.manyfactor.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/// One service's use of the logs, of which there is one set however many services run in a JVM.
final class Logs implements AutoCloseable {
  private final LogAppender appender;
  private final LogIdentity speaker;
  private final Thread atExit;

  private Logs(LogAppender appender, LogIdentity speaker) {
    this.appender = appender;
    this.speaker = speaker;
    this.atExit = new Thread(() -> appender.writer().setPrompt(true), "manyfactor-log-exit");
  }

  /// Names the speaker, sets the level, and begins to gather lines.
  ///
  /// @throws IllegalStateException if another backend of SLF4J took over
  static Logs start(LogIdentity speaker, TelemetrySettings settings, LogOutput output) {
    var logs = new Logs(redirect(output), speaker);
    LogConfigurator.setLevel(loggers(), settings.logLevel());
    logs.appender.begin(speaker);
    try {
      Runtime.getRuntime().addShutdownHook(logs.atExit);
    } catch (IllegalStateException ending) {
      logs.appender.writer().setPrompt(true); // the process ends already
    }
    return logs;
  }

  /// Sends lines to `output` from now on.
  static LogAppender redirect(LogOutput output) {
    Logger root = loggers().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (root.getAppender("manyfactor") instanceof LogAppender appender) {
      appender.writer().redirect(output);
      return appender;
    }
    throw new IllegalStateException(
        "logs must go through the manyfactor telemetry module but Logback was configured otherwise;"
            + " remove other Logback configurators from the class path");
  }

  LogAppender appender() {
    return appender;
  }

  /// Writes out what was gathered, and gives the word to whoever still runs in this JVM.
  @Override
  public void close() {
    appender.end(speaker);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      appender.writer().setPrompt(true); // lines to come may be the last
    }
  }

  private static LoggerContext loggers() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      return loggers;
    }
    throw new IllegalStateException(
        "logs must go through the manyfactor telemetry module but go through "
            + LoggerFactory.getILoggerFactory().getClass().getName()
            + "; remove other backends of SLF4J from the class path");
  }
}
