package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// A port of the loopback addresses, of IPv4 and where there is one IPv6, that we listen on and
/// share with nobody; so neither one of these addresses nor all addresses can be bound to it.
final class TakenPort implements AutoCloseable {
  private static final int ATTEMPTS = 20;

  private final int port;
  private final List<ServerSocket> sockets;

  private TakenPort(int port, List<ServerSocket> sockets) {
    this.port = port;
    this.sockets = sockets;
  }

  /// Takes any one.
  static TakenPort take() {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = Ports.free();
      try {
        List<ServerSocket> sockets = new ArrayList<>(List.of(listening(port, "127.0.0.1")));
        try {
          sockets.add(listening(port, "::1"));
        } catch (IOException noIpv6) {
          // then nobody else listens on it either
        }
        return new TakenPort(port, sockets);
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw new UncheckedIOException("no port can be taken", last);
  }

  private static ServerSocket listening(int port, String address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1);
      return socket;
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  int port() {
    return port;
  }

  /// Lets it go.
  @Override
  public void close() {
    for (ServerSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
