package dev.manyfactor.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
class HoldingTests {
  private EchoServer server;
  private TcpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    server = new EchoServer();
    proxy = TcpProxy.to(server.address());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void blackholeHoldsOpenAndNewConnectionsAndDeliversLateInOrder() throws IOException {
    try (Client open = new Client(proxy.port())) {
      open.says("a").hears(1);
      proxy.behave(new Behaviour.Blackhole());
      Traffic before = proxy.traffic();
      try (Client fresh = new Client(proxy.port())) {
        assertThat(open.says("bc").isSilent()).isTrue();
        assertThat(fresh.says("xyz").isSilent()).isTrue();
        assertThat(proxy.traffic().since(before)).isEqualTo(new Traffic(1, 2, 5, 0, 0));
        proxy.behave(new Behaviour.Pass());
        assertThat(open.says("d").hears(3)).isEqualTo("bcd");
        assertThat(fresh.hears(3)).isEqualTo("xyz");
      }
    }
  }

  @Test
  void blackholeHoldsTheEndOfAConnection() throws IOException {
    try (Client client = new Client(proxy.port())) {
      proxy.behave(new Behaviour.Blackhole());
      client.says("a").socket.shutdownOutput();
      assertThat(client.isSilent()).isTrue();
      proxy.behave(new Behaviour.Pass());
      assertThat(client.hears(4)).isEqualTo("abye");
    }
  }

  @Test
  void blackholeTakesABoundedNumberOfBytes() throws Exception {
    proxy.behave(new Behaviour.Blackhole());
    try (Client client = new Client(proxy.port())) {
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(() -> {
            try {
              for (int i = 0; i < 64; i++) {
                client.says("x".repeat(1 << 20));
              }
            } catch (IOException closed) {
              // the proxy was closed
            }
          });
      await(() -> proxy.traffic().sent() >= 64 * 1024);
      assertThat(client.isSilent()).isTrue();
      assertThat(proxy.traffic().sent()).isLessThanOrEqualTo(9 * 8 * 1024);
      assertThat(flood).isNotDone();
      proxy.close();
      flood.get();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void newConnectionsHangInTheConnectPhaseAndOpenOnesAreHeld() throws IOException {
    try (Client open = new Client(proxy.port())) {
      open.says("a").hears(1);
      proxy.behave(new Behaviour.HangInConnect());
      Traffic before = proxy.traffic();
      assertThatThrownBy(() -> new Client(proxy.port(), 500))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("onnect timed out");
      assertThat(open.says("b").isSilent()).isTrue();
      assertThat(proxy.traffic().since(before)).isEqualTo(new Traffic(1, 1, 1, 0, 0));
      proxy.behave(new Behaviour.Pass());
      assertThat(open.hears(1)).isEqualTo("b");
    }
    try (Client fresh = new Client(proxy.port())) {
      assertThat(fresh.says("c").hears(1)).isEqualTo("c");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anHttpClientRunsIntoItsConnectTimeout() throws Exception {
    proxy.behave(new Behaviour.HangInConnect());
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port())).build();
      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(HttpConnectTimeoutException.class);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoHangsConnectsByItselfAfterwardsAndIsCountedOnce() throws Exception {
    proxy.behave(new Behaviour.HangInConnect());
    CompletableFuture<String> patient =
        CompletableFuture.supplyAsync(() -> {
          try (Client client = new Client(proxy.port(), Client.PATIENCE_MILLIS)) {
            return client.says("late").hears(4);
          } catch (IOException failure) {
            return failure.toString();
          }
        });
    await(() -> proxy.traffic().connections() == 1);
    assertThat(patient).isNotDone();
    proxy.behave(new Behaviour.Pass());
    assertThat(patient.get()).isEqualTo("late");
    assertThat(proxy.traffic().connections()).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void connectionsHangAgainAndAgain() throws IOException {
    for (int round = 0; round < 5; round++) {
      proxy.behave(new Behaviour.HangInConnect());
      assertThatThrownBy(() -> new Client(proxy.port(), 300))
          .isInstanceOf(SocketTimeoutException.class);
      proxy.behave(round % 2 == 0 ? new Behaviour.Pass() : new Behaviour.Refuse());
      proxy.behave(new Behaviour.Pass());
      try (Client client = new Client(proxy.port())) {
        assertThat(client.says("a").hears(1)).isEqualTo("a");
      }
    }
  }

  static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).as("in 20 s").isTrue();
  }
}
