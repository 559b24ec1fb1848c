package dev.manyfactor.web;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/// Serves a contract on a port.
///
/// Its life: [#start] opens the port and answers 503 to every operation, [#serve] begins to answer,
/// [#drain] asks clients to go elsewhere while everything is still answered, [#stop] waits for what
/// is in flight and closes. Safe on many threads.
///
/// ~~~java
/// try (var server = new WebServer(settings, parts)) {
///   server.start();
///   server.serve();
/// ~~~
public final class WebServer implements AutoCloseable {
  private static final int UNBOUNDED = 0;

  private final Listener listener;
  private final RequestHandling handling;
  private final Probes probes;
  private final LongSupplier nanoTime;
  private @Nullable LastAnswers lastAnswers;

  /// @throws IllegalArgumentException if the operations need what `parts` do not have, naming all
  ///   that is missing
  public WebServer(WebSettings settings, WebParts parts) {
    RouteRules.check(parts.routes().operations(), parts.backing());
    this.probes = parts.probes();
    Pages pages = new Pages(parts.routes().contractResource());
    if (settings.managementPort().isEmpty()) {
      pages.withProbes(probes);
    }
    // threads are virtual and cheap; what bounds the work is WebLimits
    this.listener =
        new Listener(settings.address(), new VirtualThreadPool(UNBOUNDED), settings.web());
    this.nanoTime = parts.instruments().time().nanoTime();
    this.handling =
        new RequestHandling(parts, pages, settings, new InFlight(listener.gate()::hasAsked));
    listener.server().setHandler(handling);
    listener.server().setErrorHandler(handling.rejections());
    listener
        .gate()
        .addBean(
            new HeadSweeper(
                listener.gate(), handling.inFlight(), settings.web().headTimeout(), nanoTime));
  }

  /// Opens the port.
  ///
  /// @throws CannotListenException if it is taken, or is no port of this machine
  public void start() {
    listener.start();
  }

  /// Begins to answer requests to operations.
  public void serve() {
    handling.serve();
  }

  /// The port that is open, also where the settings say 0.
  public int port() {
    return listener.port();
  }

  /// Makes the process unready and closes each connection with its next response; goes on serving,
  /// so that whoever sends requests has time to notice.
  public void drain() {
    probes.drain();
    handling.drain();
    lastAnswers();
  }

  /// What connections have sent when the drain began.
  private synchronized LastAnswers lastAnswers() {
    LastAnswers known = lastAnswers;
    if (known == null) {
      known = new LastAnswers(listener.gate(), inFlight(), nanoTime);
      lastAnswers = known;
    }
    return known;
  }

  /// Accepts no more connections, answers whoever has been let in, at most for `grace`, and closes
  /// everything.
  public void stop(Duration grace) {
    drain();
    listener.stopAccepting();
    try {
      lastAnswers().await(grace);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    listener.stop();
  }

  /// The requests that are being answered.
  InFlight inFlight() {
    return handling.inFlight();
  }

  /// How many connections are open.
  int connections() {
    return listener.gate().getConnectedEndPoints().size();
  }

  /// Closes everything at once.
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
