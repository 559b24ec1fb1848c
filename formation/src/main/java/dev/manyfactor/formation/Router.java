package dev.manyfactor.formation;

import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The one address of several instances: takes HTTP/1.1 requests on a port of the loopback address
/// and passes each on to one of the instances that are in.
///
/// Bodies stream both ways. It reads as strictly as the runtime does, so that there is one opinion
/// of where a message ends. It sends nothing twice; only a request of which no byte has been sent,
/// because the instance refused the connection, goes to another one.
///
/// Safe on many threads.
final class Router {
  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final int THREADS = 64;
  private static final int ACCEPTORS = 1; // fixed, so that the threads suffice on any machine
  private static final int SELECTORS = 2;
  private static final int HEAD_BYTES = 64 * 1024; // a service's own limit comes first

  private final String name;
  private final int port;
  private final Duration silence;
  private final Balance balance;
  private final Server server;

  private Router(String name, int port, Duration silence, LongSupplier nanos) {
    this.name = name;
    this.port = port;
    this.silence = silence;
    this.balance = new Balance(nanos);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("mf-router-" + name);
    threads.setDaemon(true);
    this.server = new Server(threads);
  }

  /// Opens the port; no instance is in yet, so that every request is answered with 503.
  ///
  /// @param name the process type it stands for, for example `payments.web`
  static Router start(String name, int port, LongSupplier nanos) {
    return start(name, port, SILENCE, nanos);
  }

  /// @param silence how long a connection may be silent, in the middle of a request as well
  static Router start(String name, int port, Duration silence, LongSupplier nanos) {
    Router router = new Router(name, port, silence, nanos);
    router.open();
    return router;
  }

  private void open() {
    ServerConnector connector =
        new ServerConnector(
            server, ACCEPTORS, SELECTORS, new HttpConnectionFactory(configuration()));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(silence.toMillis());
    server.addConnector(connector);
    server.setHandler(new Routing(balance, silence));
    server.setErrorHandler(new RoutingProblems());
    server.setStopTimeout(0);
    try {
      server.start();
    } catch (Exception failure) {
      close();
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the router of %s cannot listen on port %d: %s; choose another port: mf up --port N"
              .formatted(name, port, failure.getMessage()));
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setHttpCompliance(HttpCompliance.STRICT);
    configuration.setUriCompliance(UriCompliance.RFC3986);
    configuration.setRequestHeaderSize(HEAD_BYTES);
    configuration.setResponseHeaderSize(HEAD_BYTES);
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false); // the service's own is passed on
    return configuration;
  }

  String name() {
    return name;
  }

  /// Where it listens.
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// The instance on `port` gets requests from now on.
  void putIn(int instance) {
    balance.putIn(instance);
  }

  /// The instance gets no more requests; those under way go on.
  void takeOut(int instance) {
    balance.takeOut(instance);
  }

  /// Takes an instance out and waits until its last request is done.
  ///
  /// @return whether that came within `bound`
  boolean drain(int instance, Duration bound) throws InterruptedException {
    balance.takeOut(instance);
    return balance.awaitNone(instance, bound);
  }

  /// Whether an instance has no request under way.
  boolean isIdle(int instance) {
    return balance.isIdle(instance);
  }

  /// Closes the port and every connection at once.
  void close() {
    try {
      server.stop();
    } catch (Exception failure) {
      System.getLogger(Router.class.getName())
          .log(System.Logger.Level.DEBUG, "the router of " + name + " did not stop", failure);
    }
  }
}
