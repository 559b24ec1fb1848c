package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.resilience.TimeAndChance;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A server with hand-made operations on a free port of this machine.
final class Served implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final String CONTRACT = "META-INF/manyfactor/test.openapi.yaml";

  private final WebServer server;

  private Served(WebServer server) {
    this.server = server;
    server.start();
  }

  static Served serving(Operation... operations) {
    return with(setup(), operations);
  }

  static Served with(Setup setup, Operation... operations) {
    Served served = unready(setup, operations);
    served.server.serve();
    return served;
  }

  static Served unready(Setup setup, Operation... operations) {
    var settings =
        new WebSettings(
            0, Optional.of("127.0.0.1"), Optional.empty(), setup.checked(), setup.limits());
    var routes = new Routes(CONTRACT, Arrays.asList(operations));
    var instruments = new Instruments(setup.openTelemetry(), TimeAndChance.ofSystem());
    return new Served(
        new WebServer(
            settings, new WebParts(routes, setup.backing(), setup.probes(), instruments)));
  }

  /// A service without a database, a token or a check.
  static Setup setup() {
    return new Setup(
        WebLimits.DEFAULT, Backing.NONE, new Probes(List.of()), OpenTelemetry.noop(), false);
  }

  /// What tests vary.
  record Setup(
      WebLimits limits,
      Backing backing,
      Probes probes,
      OpenTelemetry openTelemetry,
      boolean checked) {
    Setup limits(WebLimits changed) {
      return new Setup(changed, backing, probes, openTelemetry, checked);
    }

    Setup backing(Backing changed) {
      return new Setup(limits, changed, probes, openTelemetry, checked);
    }

    Setup probes(Probes changed) {
      return new Setup(limits, backing, changed, openTelemetry, checked);
    }

    Setup openTelemetry(OpenTelemetry changed) {
      return new Setup(limits, backing, probes, changed, checked);
    }

    /// Reads each answer once more before it is sent.
    Setup checking() {
      return new Setup(limits, backing, probes, openTelemetry, true);
    }
  }

  /// A public operation that needs nothing.
  static Operation plain(Method method, String path, Preparation<Context> preparation) {
    return new Operation(
        method.name().toLowerCase(Locale.ROOT) + path,
        method,
        path,
        new Access.Public(),
        new Idempotent.None("a test"),
        DEADLINE,
        method == Method.POST ? BodyRule.json(true, 1000) : BodyRule.NONE,
        new Handler.Plain(preparation));
  }

  /// A `GET` that always answers with this text.
  static Operation answering(String path, String text) {
    return plain(Method.GET, path, _ -> _ -> text(text));
  }

  static Response text(String text) {
    return new Response(
        200, Map.of("Content-Type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
  }

  WebServer server() {
    return server;
  }

  Wire connect() throws IOException {
    return new Wire(server.port());
  }

  /// The first answer to these bytes, on a connection of its own.
  Wire.Answer send(String bytes) throws IOException {
    try (Wire wire = connect()) {
      return wire.send(bytes).read();
    }
  }

  Wire.Answer get(String path, String... headers) throws IOException {
    return send(request("GET", path, headers) + "\r\n");
  }

  Wire.Answer post(String path, String body, String... headers) throws IOException {
    return send(
        request("POST", path, headers)
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  static String request(String method, String path, String... headers) {
    var head = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
