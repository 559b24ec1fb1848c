package dev.manyfactor.formation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback address.
public final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 500;
  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /// A port that nobody listens on at this moment, and that is not handed out twice.
  ///
  /// It lies below the range from which systems take the near end of outgoing connections, so that
  /// none of those takes it between now and the moment when a process listens on it.
  public static int free() {
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
    refusal(port)
        .ifPresent(refusal -> {
          String wrong =
              refusal.contains("denied")
                  ? "may not be opened by this user; choose one above 1023"
                  : "is in use%s; %s"
                      .formatted(
                          PortHolder.of(port).map(holder -> " by " + holder).orElse(""), remedy);
          throw new FormationException(
              ExitCode.UNAVAILABLE, "port %d, which %s needs, %s".formatted(port, user, wrong));
        });
  }

  static boolean isFree(int port) {
    return refusal(port).isEmpty();
  }

  /// Why a port cannot be opened, in the system's words; empty if it can.
  private static Optional<String> refusal(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, loopback())) {
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
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
