package dev.manyfactor.formation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// Asks a process whether it is ready.
///
/// @param readiness what says so
/// @param port where the process serves; 0 if it does not
/// @param variable what tells it that port
/// @param management where its probes are
record Probe(ProcessType.Readiness readiness, int port, String variable, int management) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int SHOWN = 200;

  /// Why it is not ready; empty if it is.
  Optional<String> whyNotReady() throws InterruptedException {
    return switch (readiness) {
      case ProcessType.Readiness.Management() -> asked(management, "/readyz");
      case ProcessType.Readiness.Answer(var path) -> asked(port, path);
      case ProcessType.Readiness.Port() -> connected();
      case ProcessType.Readiness.None() -> Optional.empty();
    };
  }

  private static Optional<String> asked(int port, String path) throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    try {
      HttpResponse<String> reply =
          Shared.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return reply.statusCode() / 100 == 2
          ? Optional.empty()
          : Optional.of(
              "%s answers %d %s".formatted(address, reply.statusCode(), shortened(reply.body())));
    } catch (IOException unreachable) {
      return Optional.of(address + " does not answer");
    }
  }

  private Optional<String> connected() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.loopback(), port), (int) PATIENCE.toMillis());
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of("nobody listens on port %d, which %s names".formatted(port, variable));
    }
  }

  private static String shortened(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  /// Made when first needed.
  private static final class Shared {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }
}
