package dev.manyfactor.benchmarks.drain;

/// An answer, as far as a caller has to know it.
///
/// @param closes whether it said that its connection closes
record Reply(int status, boolean closes, String body) {
  /// Whether it is the answer of a machine that is too slow, and says nothing about a drain.
  boolean isOverload() {
    return (status == 503 || status == 504)
        && (body.contains("/problems/dependency-unavailable")
            || body.contains("/problems/overloaded")
            || body.contains("/problems/timeout"));
  }
}
