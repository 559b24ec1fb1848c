package dev.manyfactor.formation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Which instances one request was sent to, and how its client fared with the last of them. Belongs
/// to the request, whose steps follow one another.
final class Attempts {
  private static final String NAME = Attempts.class.getName();

  private final Set<Integer> tried = new HashSet<>();
  private int port;
  private volatile @Nullable Throwable clientFailure;

  private Attempts() {}

  /// Begins with none.
  static void begin(Request request) {
    request.setAttribute(NAME, new Attempts());
  }

  static Attempts of(Request request) {
    return (Attempts) request.getAttribute(NAME);
  }

  /// The ports of the instances, the present one too.
  Set<Integer> tried() {
    return tried;
  }

  /// The port of the present instance.
  int port() {
    return port;
  }

  /// The instance on `instance` gets it now.
  void next(int instance) {
    port = instance;
    tried.add(instance);
    clientFailure = null;
  }

  /// The client's body cannot be read.
  void clientFailed(Throwable failure) {
    clientFailure = failure;
  }

  /// What kept the client's body from being read, if something did.
  Optional<Throwable> clientFailure() {
    return Optional.ofNullable(clientFailure);
  }
}
