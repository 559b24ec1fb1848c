package dev.manyfactor.faults;

/// What has gone through a proxy since it was opened, or between two moments.
///
/// Take one when a fault begins and another when it ends; the difference says whether anything has
/// arrived at the fault:
///
/// ```java
/// Traffic before = proxy.traffic();
/// // ... what is tried
/// Traffic during = proxy.traffic().since(before);
/// ```
///
/// @param connections attempted: those that were accepted, and on Linux also those that were seen
///   hanging in the connect phase for at least 50 ms; those that were refused are seen by nobody
/// @param open connections that are open at the end
/// @param sent bytes that clients have sent, whether passed on or not
/// @param passed bytes of them that were passed on to the target
/// @param returned bytes that were passed back to clients
public record Traffic(long connections, long open, long sent, long passed, long returned) {
  /// What has been added since an earlier moment; `open` is that of this one.
  public Traffic since(Traffic earlier) {
    return new Traffic(
        connections - earlier.connections,
        open,
        sent - earlier.sent,
        passed - earlier.passed,
        returned - earlier.returned);
  }

  /// Whether a client has done anything: tried to connect, or sent a byte.
  public boolean isReached() {
    return connections > 0 || sent > 0;
  }
}
