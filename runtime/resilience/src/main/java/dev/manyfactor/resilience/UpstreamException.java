package dev.manyfactor.resilience;

import java.util.OptionalInt;

/// A call to another service that has not been answered in a way the caller can use.
///
/// The message names the upstream, the method, the path template and the remedy; never a value of
/// the path or the query, a header or a body.
public abstract sealed class UpstreamException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String upstream;

  private UpstreamException(Target target, String message) {
    super(target + " " + message);
    this.upstream = target.upstream();
  }

  /// The name the upstream was declared under.
  public String upstream() {
    return upstream;
  }

  /// No connection, or one that broke before the answer was complete.
  ///
  /// After a break the upstream may have done what it was asked.
  public static final class Unreachable extends UpstreamException {
    private static final long serialVersionUID = 1;

    Unreachable(Target target, String message, Throwable cause) {
      super(target, message);
      initCause(cause);
    }
  }

  /// No complete answer within a bound. The upstream may have done what it was asked.
  public static final class TimedOut extends UpstreamException {
    private static final long serialVersionUID = 1;
    private final Bound bound;

    TimedOut(Target target, String message, Bound bound) {
      super(target, message);
      this.bound = bound;
    }

    /// Which of the bounds was the shortest.
    public Bound bound() {
      return bound;
    }
  }

  /// An answer that is none: a status that means "not now" or "not you", or an unreadable body.
  public static final class BadReply extends UpstreamException {
    private static final long serialVersionUID = 1;
    private final transient OptionalInt status;

    BadReply(Target target, String message, OptionalInt status) {
      super(target, message);
      this.status = status;
    }

    /// The status that came with it; empty if not even that could be read.
    public OptionalInt status() {
      return status;
    }
  }

  /// The thread was asked to stop while it waited; its interrupt flag is set again.
  ///
  /// The upstream may have done what it was asked.
  public static final class Interrupted extends UpstreamException {
    private static final long serialVersionUID = 1;

    Interrupted(Target target, String message) {
      super(target, message);
    }
  }
}
