package dev.manyfactor.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Configures Logback when the first logger is made; found by Logback as a service, not for
/// calling.
///
/// It leaves no room for a configuration file, so that a line is JSON whoever logs it and whenever.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  // debugging these would show headers, statements with their values, or a line per packet
  private static final List<String> NEVER_BELOW_INFO =
      List.of(
          "org.eclipse.jetty",
          "com.zaxxer.hikari",
          "org.postgresql",
          "com.nimbusds",
          "io.opentelemetry",
          "jdk",
          "sun",
          "java",
          "javax");

  // its warnings are of what clients send, in their own words; a request's own line tells its
  // status
  private static final String NEVER_BELOW_ERROR = "org.eclipse.jetty.http";

  /// For Logback.
  public LogConfigurator() {}

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    loggers.getStatusManager().add(new NopStatusListener()); // Logback's own chatter is not JSON
    var appender = new LogAppender(new LineWriter(LogOutput.STDOUT));
    appender.setContext(loggers);
    appender.start();
    root(loggers).addAppender(appender);
    setLevel(loggers, LogLevel.INFO);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install(); // java.util.logging, and through it System.Logger
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void setLevel(LoggerContext loggers, LogLevel level) {
    root(loggers).setLevel(Levels.logback(level));
    for (String library : NEVER_BELOW_INFO) {
      loggers.getLogger(library).setLevel(Levels.quiet(level));
    }
    loggers.getLogger(NEVER_BELOW_ERROR).setLevel(level == LogLevel.OFF ? Level.OFF : Level.ERROR);
    java.util.logging.Logger.getLogger("").setLevel(Levels.platform(level));
  }

  private static Logger root(LoggerContext loggers) {
    return loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
