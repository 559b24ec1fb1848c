package dev.manyfactor.service;

import dev.manyfactor.identity.TokenVerifier;
import dev.manyfactor.web.Backing;
import dev.manyfactor.web.Check;
import dev.manyfactor.web.Instruments;
import dev.manyfactor.web.ManagementServer;
import dev.manyfactor.web.Probes;
import dev.manyfactor.web.Routes;
import dev.manyfactor.web.WebParts;
import dev.manyfactor.web.WebServer;
import dev.manyfactor.web.WebSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The ports of a process: the API's, if it is a web process, and the management port, if one is
/// set.
final class Servers implements AutoCloseable {
  private final Composition composition;
  private final Resources resources;
  private final Optional<TokenVerifier> verifier;
  private final Probes probes;
  private @Nullable WebServer web;
  private @Nullable ManagementServer management;

  Servers(
      Composition composition,
      Resources resources,
      Optional<TokenVerifier> verifier,
      Supplier<Optional<String>> whyNotReady) {
    this.composition = composition;
    this.resources = resources;
    this.verifier = verifier;
    this.probes = new Probes(List.of(new Check("start", whyNotReady)));
  }

  /// Opens the ports; answers no operation yet. If one cannot be opened, none is.
  void start(ProcessType type) {
    try {
      open(type);
    } catch (RuntimeException failure) {
      stop(Duration.ZERO);
      close();
      throw failure;
    }
  }

  private void open(ProcessType type) {
    WebSettings settings = composition.webSettings();
    settings
        .managementAddress()
        .ifPresent(address -> {
          var server =
              new ManagementServer(
                  address,
                  probes,
                  resources.telemetry()::prometheusText,
                  () -> ServiceInfo.of(composition).json());
          management = server;
          server.start();
        });
    if (type.includes(ProcessType.WEB)) {
      composition.declaredRoutes().ifPresent(routes -> startWeb(settings, routes));
    }
  }

  private void startWeb(WebSettings settings, Routes routes) {
    var backing =
        new Backing(
            composition.declaredDatabase(),
            composition.declaredIdempotency(),
            verifier.map(known -> known));
    var instruments = new Instruments(resources.telemetry().openTelemetry(), composition.time());
    var server = new WebServer(settings, new WebParts(routes, backing, probes, instruments));
    web = server;
    server.start();
    Log.LOG.info("listening on port {}", server.port());
  }

  void serve() {
    WebServer server = web;
    if (server != null) {
      server.serve();
    }
  }

  boolean hasApi() {
    return web != null;
  }

  int port() {
    WebServer server = web;
    if (server == null) {
      throw new IllegalStateException("this process has no API");
    }
    return server.port();
  }

  int managementPort() {
    ManagementServer server = management;
    if (server == null) {
      throw new IllegalStateException("this process has no management port; set MANAGEMENT_PORT");
    }
    return server.port();
  }

  /// Makes the process unready; goes on serving.
  void drain() {
    probes.drain();
    WebServer server = web;
    if (server != null) {
      server.drain();
    }
  }

  /// Accepts no more requests and waits for those in flight.
  void stop(Duration grace) {
    WebServer server = web;
    if (server != null) {
      server.stop(grace);
    }
  }

  /// Closes the management port, which tells about the process to its end.
  @Override
  public void close() {
    ManagementServer server = management;
    if (server != null) {
      server.close();
    }
  }
}
