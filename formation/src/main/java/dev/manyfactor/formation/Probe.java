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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a process whether it is ready, by what its manifest says of that. Each question takes at
/// most two seconds.
///
/// @param readiness what says so
/// @param port where the process serves; 0 if it does not
/// @param variable what tells it that port
/// @param management where its probes are
public record Probe(ProcessType.Readiness readiness, int port, String variable, int management) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int SHOWN = 200;
  private static final HttpResponse.BodyHandler<String> WHOLE =
      HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), 1 << 20);

  /// For a process of a type.
  ///
  /// @param port where it was told to serve; 0 if it serves nobody
  /// @param management where its probes were told to be
  public static Probe of(ProcessType type, int port, int management) {
    String variable = type.listens().map(ProcessType.Listens::variable).orElse("");
    return new Probe(type.readiness(), port, variable, management);
  }

  /// Why it is not ready; empty if it is.
  public Optional<String> whyNotReady() throws InterruptedException {
    return switch (readiness) {
      case ProcessType.Readiness.Management() -> asked(management, "/readyz");
      case ProcessType.Readiness.Answer(var path) -> asked(port, path);
      case ProcessType.Readiness.Port() -> connected();
      case ProcessType.Readiness.None() -> Optional.empty();
    };
  }

  private static Optional<String> asked(int port, String path) throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    // the timeout of a request ends with the head of its answer, so it would not bound the body
    CompletableFuture<HttpResponse<String>> asking =
        Shared.CLIENT.sendAsync(HttpRequest.newBuilder(address).build(), WHOLE);
    try {
      HttpResponse<String> reply = asking.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return reply.statusCode() / 100 == 2
          ? Optional.empty()
          : Optional.of(
              "%s answers %d %s".formatted(address, reply.statusCode(), shortened(reply.body())));
    } catch (ExecutionException unreachable) {
      return Optional.of(address + " does not answer");
    } catch (TimeoutException late) {
      return Optional.of(
          "%s has not answered whole after %d s".formatted(address, PATIENCE.toSeconds()));
    } finally {
      asking.cancel(true); // closes the connection of an answer that does not end
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
