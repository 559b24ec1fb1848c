package dev.manyfactor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.manyfactor.fuzz.judge.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a service leaves behind, with this JVM in the place of one.
class AftermathTests {
  private static final String LINE = "{\"level\":\"INFO\",\"message\":\"listening\"}\n";
  private static final String IDLE = "http_server_active_requests{method=\"GET\"} 0.0\n";

  @TempDir private Path folder;
  private HttpServer management;

  @BeforeEach
  void listen() throws IOException {
    management = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    management.start();
  }

  @AfterEach
  void stop() {
    management.stop(0);
  }

  @Test
  void aServiceAtRestHasNoFaults() throws Exception {
    answering("/readyz", "{}");
    answering("/metrics", IDLE);
    assertThat(faults(LINE)).isEmpty();
  }

  @Test
  void aServiceThatIsNotReadyIsFound() throws Exception {
    answering("/metrics", IDLE);
    assertThat(faults(LINE)).extracting(Fault::rule).containsExactly("not-ready");
  }

  @Test
  void aRequestThatNeverEndsIsFound() throws Exception {
    answering("/readyz", "{}");
    answering("/metrics", IDLE + "http_server_active_requests{method=\"POST\"} 1.0\n");
    assertThat(faults(LINE)).extracting(Fault::rule).containsExactly("active-requests");
  }

  @Test
  void failuresAndSecretsInTheLogAreFound() throws Exception {
    answering("/readyz", "{}");
    answering("/metrics", IDLE);
    String log =
        LINE
            + "{\"level\":\"ERROR\",\"message\":\"request failed\"}\n"
            + "{\"level\":\"INFO\",\"message\":\"hello s3cret\"}\n"
            + "Exception in thread main\n";
    assertThat(faults(log)).extracting(Fault::rule).containsExactly("log", "secret", "log");
  }

  private void answering(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    management.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private List<Fault> faults(String log) throws Exception {
    Path file = Files.writeString(folder.resolve("log"), log);
    Process self = new ProcessBuilder("sleep", "60").start();
    Map<String, String> environment =
        Map.of("MANAGEMENT_PORT", String.valueOf(management.getAddress().getPort()));
    try (var service = new ServiceProcess("stand-in", self, environment, file)) {
      return Aftermath.before(service, Duration.ofMillis(100)).faults(List.of("s3cret"));
    }
  }
}
