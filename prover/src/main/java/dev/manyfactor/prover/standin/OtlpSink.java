package dev.manyfactor.prover.standin;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Receives telemetry by OTLP over HTTP, in protobuf, and keeps it.
///
/// Serves `/v1/traces`, `/v1/metrics` and `/v1/logs`, also with `Content-Encoding: gzip`. What is
/// no OTLP is refused and named in [#problems()]. Bounded: 16 MiB of a message once it is unpacked,
/// and the first 50,000 of each kind. Safe on many threads.
public final class OtlpSink implements AutoCloseable {
  private static final int MESSAGE_LIMIT = 16 * 1024 * 1024;
  private static final int LIMIT = 50_000;
  private static final int PROBLEMS = 100;
  private static final String PROTOBUF = "application/x-protobuf";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Kept<ExportedSpan> spans = new Kept<>(LIMIT);
  private final Kept<ExportedPoint> points = new Kept<>(LIMIT);
  private final Kept<ExportedLog> logs = new Kept<>(LIMIT);
  private final Kept<String> problems = new Kept<>(PROBLEMS);

  private OtlpSink(HttpServer server) {
    this.server = server;
  }

  /// Starts one on any free port of 127.0.0.1.
  public static OtlpSink start() {
    try {
      OtlpSink sink = new OtlpSink(HttpServer.create(Loopback.anyPort(), 0));
      sink.serve();
      return sink;
    } catch (IOException failure) {
      throw new UncheckedIOException("a receiver of telemetry cannot listen", failure);
    }
  }

  /// Where it listens; `OTEL_EXPORTER_OTLP_ENDPOINT` is `http://` and this.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /// The spans that have arrived, in this order.
  public List<ExportedSpan> spans() {
    return spans.all();
  }

  /// The points of metrics that have arrived, in this order.
  public List<ExportedPoint> points() {
    return points.all();
  }

  /// The log records that have arrived, in this order.
  public List<ExportedLog> logs() {
    return logs.all();
  }

  /// How much has arrived beyond the bounds, and was not kept.
  public long dropped() {
    return spans.dropped() + points.dropped() + logs.dropped();
  }

  /// What was refused, and why; the first 100.
  public List<String> problems() {
    return problems.all();
  }

  private void serve() {
    server.setExecutor(threads);
    server.createContext(
        "/v1/traces",
        exchange ->
            receive(
                exchange,
                bytes ->
                    OtlpMessages.spans(ExportTraceServiceRequest.parseFrom(bytes))
                        .forEach(spans::add)));
    server.createContext(
        "/v1/metrics",
        exchange ->
            receive(
                exchange,
                bytes ->
                    OtlpMessages.points(ExportMetricsServiceRequest.parseFrom(bytes))
                        .forEach(points::add)));
    server.createContext(
        "/v1/logs",
        exchange ->
            receive(
                exchange,
                bytes ->
                    OtlpMessages.logs(ExportLogsServiceRequest.parseFrom(bytes))
                        .forEach(logs::add)));
    server.start();
  }

  private interface Message {
    void read(byte[] bytes) throws InvalidProtocolBufferException;
  }

  private void receive(HttpExchange exchange, Message message) throws IOException {
    try (exchange) {
      try {
        message.read(body(exchange));
        exchange.getResponseHeaders().set("Content-Type", PROTOBUF);
        exchange.sendResponseHeaders(200, -1); // an empty message: everything was accepted
      } catch (InvalidProtocolBufferException | ZipException wrong) {
        refuse(exchange, new Refused(400, "the body is not what it says: " + wrong.getMessage()));
      } catch (Refused refused) {
        refuse(exchange, refused);
      }
    }
  }

  private void refuse(HttpExchange exchange, Refused refused) throws IOException {
    problems.add(
        "%s %s: %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                refused.getMessage()));
    exchange.sendResponseHeaders(refused.status, -1);
  }

  private static byte[] body(HttpExchange exchange) throws IOException, Refused {
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new Refused(405, "the method must be POST");
    }
    String type = header(exchange, "Content-Type");
    if (!type.split(";", 2)[0].trim().equals(PROTOBUF)) {
      throw new Refused(415, "Content-Type must be %s, but is \"%s\"".formatted(PROTOBUF, type));
    }
    byte[] body = unpacked(exchange).readNBytes(MESSAGE_LIMIT + 1);
    if (body.length > MESSAGE_LIMIT) {
      throw new Refused(413, "the message is over 16 MiB");
    }
    return body;
  }

  private static InputStream unpacked(HttpExchange exchange) throws IOException, Refused {
    String encoding = header(exchange, "Content-Encoding");
    return switch (encoding) {
      case "", "identity" -> exchange.getRequestBody();
      case "gzip" -> new GZIPInputStream(exchange.getRequestBody());
      default ->
          throw new Refused(
              415, "Content-Encoding must be gzip or absent, but is \"%s\"".formatted(encoding));
    };
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  /// Stops listening and ends every connection.
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
