package dev.manyfactor.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// Where every event of every library arrives: counts it, encodes it, hands it to the writer.
///
/// There is one per process, made with the first logger. Safe on many threads.
final class LogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final String LOSS = "log lines were dropped because nobody read the output";

  private final LogLine line = new LogLine();
  private final Map<LogLevel, LongAdder> events = new EnumMap<>(LogLevel.class);
  private final AtomicLong lost = new AtomicLong();
  private final LineWriter writer;
  private final List<LogIdentity> speakers = new CopyOnWriteArrayList<>();
  private volatile @Nullable LogIdentity identity;

  LogAppender(LineWriter writer) {
    this.writer = writer;
    Arrays.stream(LogLevel.values()).forEach(level -> events.put(level, new LongAdder()));
    setName("manyfactor");
  }

  @Override
  protected void append(ILoggingEvent event) {
    count(Levels.of(event.getLevel())).increment();
    if (!write(event)) {
      lost.incrementAndGet();
    } else if (lost.get() > 0) {
      write(loss(lost.getAndSet(0)));
    }
  }

  private boolean write(ILoggingEvent event) {
    byte[] bytes = line.encode(event, identity);
    return writer.write(bytes, bytes.length, event.getLevel().isGreaterOrEqual(Level.WARN));
  }

  /// Says that there is a gap in the log, once lines go out again.
  private ILoggingEvent loss(long lines) {
    var logger = ((LoggerContext) getContext()).getLogger(LogAppender.class);
    var event = new LoggingEvent(LogAppender.class.getName(), logger, Level.WARN, LOSS, null, null);
    event.addKeyValuePair(new KeyValuePair("dropped", lines));
    return event;
  }

  /// Names whoever speaks from now on, and gathers lines.
  synchronized void begin(LogIdentity speaker) {
    speakers.add(speaker);
    identity = speaker;
    writer.setPrompt(false);
  }

  /// Gives the word back to whoever began before and has not ended; after the last, lines go out
  /// one by one.
  synchronized void end(LogIdentity speaker) {
    speakers.remove(speaker);
    if (speakers.isEmpty()) {
      writer.setPrompt(true);
    } else {
      identity = speakers.getLast();
      writer.flush();
    }
  }

  LineWriter writer() {
    return writer;
  }

  /// How many events of `level` there were since the process began.
  long events(LogLevel level) {
    return count(level).sum();
  }

  private LongAdder count(LogLevel level) {
    return events.getOrDefault(level, new LongAdder());
  }
}
