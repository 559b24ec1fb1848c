package dev.manyfactor.web;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Jetty server on one port, as strict as it can be: HTTP/1 by the letter of its RFCs.
final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Address address;
  private final Server server;
  private final Gate gate;
  private final NetworkConnectionLimit limit;
  private volatile int port;

  Listener(Address address, ThreadPool threads, WebLimits limits) {
    this.address = address;
    this.server = new Server(threads);
    this.gate = new Gate(server, new HttpConnectionFactory(configuration(limits)));
    address.host().ifPresent(gate::setHost);
    gate.setPort(address.port());
    gate.setIdleTimeout(limits.idleTimeout().toMillis());
    server.addConnector(gate);
    this.limit = new NetworkConnectionLimit(limits.connections(), gate);
    server.addBean(limit);
    server.setStopTimeout(0);
  }

  private static HttpConfiguration configuration(WebLimits limits) {
    var configuration = new HttpConfiguration();
    configuration.setHttpCompliance(HttpCompliance.STRICT);
    configuration.setUriCompliance(UriCompliance.RFC3986);
    configuration.setRequestHeaderSize(limits.headBytes());
    // otherwise a token is taken for an earlier one of its connection that differs in case only
    configuration.setHeaderCacheCaseSensitive(true);
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    configuration.addCustomizer((request, _) -> framedByItsVersion(request));
    return configuration;
  }

  /// A proxy that knows only HTTP/1.0 sees another end of the message (RFC 9112, section 6.1).
  private static Request framedByItsVersion(Request request) {
    boolean older = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0;
    if (older && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "HTTP/1.0 has no Transfer-Encoding");
    }
    return request;
  }

  Server server() {
    return server;
  }

  Gate gate() {
    return gate;
  }

  /// Opens the port, then starts to answer on it.
  ///
  /// @throws CannotListenException if the port cannot be opened
  void start() {
    try {
      gate.open();
    } catch (IOException taken) {
      throw new CannotListenException(address, taken);
    }
    port = gate.getLocalPort();
    try {
      server.start();
    } catch (Exception failure) {
      throw new IllegalStateException("the server on " + address + " did not start", failure);
    }
  }

  /// The port that was opened, also where the address says 0; 0 before the start.
  int port() {
    return port;
  }

  /// Accepts those who wait, beyond the limit too, and then nobody.
  void stopAccepting() {
    limit.setMaxNetworkConnectionCount(Integer.MAX_VALUE); // it would close them
    bounded("close " + address, this::closeGate);
  }

  private void closeGate() {
    try {
      gate.closeBehindTheLast();
    } catch (IOException failure) {
      LOG.warn("{} was closed before everyone who waited was let in", address, failure);
    }
  }

  /// Closes everything, whatever still runs.
  void stop() {
    bounded("stop " + address, this::stopServer);
  }

  /// The server's own threads are virtual, so they cannot stop while work that never waits holds
  /// every processor; then this gives up after a few seconds, and the end of the process does it.
  private void bounded(String name, Runnable step) {
    Thread stopping = Thread.ofPlatform().daemon().name(name).start(step);
    try {
      if (!stopping.join(PATIENCE)) {
        LOG.warn("the server on {} did not stop within {}", address, PATIENCE);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopServer() {
    try {
      server.stop();
    } catch (Exception failure) {
      LOG.warn("the server on {} did not stop", address, failure);
    }
  }
}
