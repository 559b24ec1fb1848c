package dev.manyfactor.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Answers operators, on a port that strangers do not reach: `/livez`, `/readyz`, `/metrics` and
/// `/info`, to `GET` and `HEAD` only.
///
/// Has a few threads of its own, so it answers while every other one is busy. Safe on many threads.
public final class ManagementServer implements AutoCloseable {
  private static final int THREADS = 6;

  private final Listener listener;

  /// @param metrics in the Prometheus text format 0.0.4
  /// @param info as JSON
  public ManagementServer(
      Address address, Probes probes, Supplier<String> metrics, Supplier<String> info) {
    var threads = new QueuedThreadPool(THREADS, THREADS);
    threads.setName("management");
    threads.setReservedThreads(0);
    this.listener = new Listener(address, threads, WebLimits.DEFAULT);
    Map<String, Supplier<Response>> pages =
        Map.of(
            "/livez", () -> text("application/json", "{}"),
            "/readyz", () -> probes.readiness().inDetail(),
            "/metrics", () -> text("text/plain; version=0.0.4; charset=utf-8", metrics.get()),
            "/info", () -> text("application/json", info.get()));
    listener.server().setHandler(new ManagementHandling(pages));
    listener.server().setErrorHandler(new RejectionHandling.Unobserved());
  }

  /// Opens the port.
  ///
  /// @throws CannotListenException if it is taken, or is no port of this machine
  public void start() {
    listener.start();
  }

  /// The port that is open, also where the address says 0.
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.stop();
  }

  private static Response text(String contentType, String text) {
    return new Response(
        200, Map.of(Response.CONTENT_TYPE, contentType), text.getBytes(StandardCharsets.UTF_8));
  }
}
