package dev.manyfactor.chaos.loop;

import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.faults.TcpProxy;
import dev.manyfactor.formation.Laboratory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A proxy between each service and each thing that it leans on. Safe on many threads.
final class Links implements Laboratory.Detour, AutoCloseable {
  private final Map<String, TcpProxy> proxies = new ConcurrentHashMap<>();

  @Override
  public int instead(String service, String dependency, int port) {
    TcpProxy proxy = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    proxies.put(service + " → " + dependency, proxy);
    return proxy.port();
  }

  List<String> names() {
    return List.copyOf(proxies.keySet());
  }

  TcpProxy of(String name) {
    TcpProxy proxy = proxies.get(name);
    if (proxy == null) {
      throw new IllegalArgumentException("no link is called " + name);
    }
    return proxy;
  }

  /// Lets everything pass again.
  void heal() {
    proxies.values().forEach(proxy -> proxy.behave(new Behaviour.Pass()));
  }

  @Override
  public void close() {
    proxies.values().forEach(TcpProxy::close);
  }
}
