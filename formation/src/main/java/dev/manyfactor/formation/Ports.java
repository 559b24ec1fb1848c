package dev.manyfactor.formation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports of the loopback address.
final class Ports {
  private Ports() {}

  /// A port that nobody listens on at this moment; another program may take it before it is used.
  static int free() {
    try (ServerSocket probe = new ServerSocket(0, 1, loopback())) {
      return probe.getLocalPort();
    } catch (IOException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "no free port on 127.0.0.1: %s".formatted(FormationException.reason(failure)));
    }
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
