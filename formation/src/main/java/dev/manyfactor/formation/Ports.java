package dev.manyfactor.formation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback address.
final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 500;
  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /// A port that nobody listens on at this moment, and that is not handed out twice.
  ///
  /// It lies below the range from which systems take the near end of outgoing connections, so that
  /// none of those takes it between now and the moment when a process listens on it.
  static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && HANDED_OUT.add(port)) {
        return port;
      }
    }
    throw new FormationException(
        ExitCode.UNAVAILABLE,
        "no free port found on 127.0.0.1 between %d and %d; end programs that listen there"
            .formatted(LOWEST, HIGHEST));
  }

  /// `preferred` if nobody listens on it, else any free port; an address that was known keeps
  /// working.
  static int freeOr(int preferred) {
    return preferred > 0 && isFree(preferred) ? preferred : free();
  }

  /// Refuses a port that somebody listens on, naming who if the system tells.
  ///
  /// @param remedy what to do about it, appended to the message
  static void requireFree(int port, String user, String remedy) {
    if (!isFree(port)) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "port %d, which %s needs, is in use%s; %s"
              .formatted(
                  port,
                  user,
                  PortHolder.of(port).map(holder -> " by " + holder).orElse(""),
                  remedy));
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, loopback())) {
      return probe.isBound();
    } catch (IOException busy) {
      return false;
    }
  }

  static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
