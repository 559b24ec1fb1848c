package dev.manyfactor.fuzz.wire;

import dev.manyfactor.fuzz.generate.Draft;

/// Takes a request to a service and brings back what it replies.
public interface Sending {
  /// Sends a request and waits for the reply, at most so long.
  Reply send(Draft draft);
}
