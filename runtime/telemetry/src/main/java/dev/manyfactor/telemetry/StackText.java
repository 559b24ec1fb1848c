package dev.manyfactor.telemetry;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/// Writes an exception with its causes the way the JDK does, but never more than a bound.
///
/// Of each exception at most 60 frames and 1 KiB of its message are shown, so that a recursion does
/// not push out its cause.
final class StackText {
  private static final int FRAMES = 60;
  private static final int LONGEST_MESSAGE = 1024;

  private final StringBuilder out = new StringBuilder();
  private final int longest;

  private StackText(int longest) {
    this.longest = longest;
  }

  static String of(IThrowableProxy failure, int longest) {
    var text = new StackText(longest);
    text.append(failure, "", "");
    return LogText.fit(text.out.toString(), longest);
  }

  private void append(IThrowableProxy failure, String caption, String indent) {
    if (out.length() >= longest) {
      return;
    }
    out.append(indent).append(caption).append(failure.getClassName());
    if (failure.getMessage() != null) {
      out.append(": ").append(LogText.fit(failure.getMessage(), LONGEST_MESSAGE));
    }
    out.append('\n');
    appendFrames(failure, indent);
    for (IThrowableProxy suppressed : failure.getSuppressed()) {
      append(suppressed, "Suppressed: ", indent + "\t");
    }
    if (failure.getCause() != null && !failure.isCyclic()) {
      append(failure.getCause(), "Caused by: ", indent);
    }
  }

  private void appendFrames(IThrowableProxy failure, String indent) {
    StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
    int own = frames.length - failure.getCommonFrames();
    int shown = Math.min(own, FRAMES);
    for (int i = 0; i < shown && out.length() < longest; i++) {
      out.append(indent).append('\t').append(frames[i].getSTEAsString()).append('\n');
    }
    if (shown < frames.length) {
      out.append(indent).append("\t... ").append(frames.length - shown).append(" more\n");
    }
  }
}
