package dev.manyfactor.idempotency;

import java.time.Duration;
import java.time.Instant;

/// How work under a key went.
public sealed interface Outcome {

  /// The work ran and its effect is committed together with this response.
  record Done(StoredResponse response) implements Outcome {}

  /// The work ran and answered 500 or more: it was rolled back and nothing is kept, so a repeat
  /// runs again.
  record RolledBack(StoredResponse response) implements Outcome {}

  /// The work had been done before; this is the answer it gave then. It did not run again.
  record Replayed(StoredResponse response) implements Outcome {}

  /// Work under this key is going on at this moment; ask again after a second.
  record InFlight() implements Outcome {}

  /// The key was used for a different request before.
  record Mismatch() implements Outcome {}

  /// The key says when it was made, and that is outside of what is kept, or in the future: whether
  /// its work was done cannot be known.
  ///
  /// @param madeAt what the key says
  /// @param retention how long answers are kept
  record Expired(Instant madeAt, Duration retention) implements Outcome {}

  /// The connection was lost during the commit: the work is done or it is not, and a repeat with
  /// the same key is right either way.
  record Unknown() implements Outcome {}
}
