package dev.manyfactor.prover.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The address that everything here listens on.
final class Loopback {
  private Loopback() {}

  /// Any free port of 127.0.0.1.
  static InetSocketAddress anyPort() throws IOException {
    return new InetSocketAddress(
        InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1}), 0);
  }
}
