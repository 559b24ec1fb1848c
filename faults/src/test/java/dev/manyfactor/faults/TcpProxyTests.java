package dev.manyfactor.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TcpProxyTests {
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
  void passesBothWaysAndCounts() throws IOException {
    try (Client client = new Client(proxy.port())) {
      assertThat(client.says("hello").hears(5)).isEqualTo("hello");
      assertThat(proxy.traffic()).isEqualTo(new Traffic(1, 1, 5, 5, 5));
    }
  }

  @Test
  void passesTheEndOfOneDirectionAlone() throws IOException {
    try (Client client = new Client(proxy.port())) {
      client.says("a").socket.shutdownOutput();
      assertThat(client.hears(4)).isEqualTo("abye");
      assertThat(client.next()).isEqualTo("end");
    }
  }

  @Test
  void passesAResetOnAsOne() throws IOException {
    try (Client client = new Client(proxy.port())) {
      assertThat(client.says("!").next()).isEqualTo("reset");
    }
  }

  @Test
  void endsAConnectionWhoseTargetRefuses() throws IOException {
    server.close();
    try (Client client = new Client(proxy.port())) {
      assertThat(client.next()).isEqualTo("end");
    }
  }

  @Test
  void saysNothingOfATargetThatRefusesWhileItHolds() throws IOException {
    server.close();
    proxy.behave(new Behaviour.Blackhole());
    try (Client client = new Client(proxy.port())) {
      assertThat(client.isSilent()).isTrue();
      proxy.behave(new Behaviour.Pass());
      assertThat(client.next()).isEqualTo("end");
    }
  }

  @Test
  void returnsLaterByTheLatency() throws IOException {
    try (Client client = new Client(proxy.port())) {
      client.says("a").hears(1);
      proxy.behave(new Behaviour.Latency(Duration.ofMillis(400)));
      long before = System.nanoTime();
      assertThat(client.says("b").next()).isEqualTo("b");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(399));
    }
  }

  @Test
  void deliversWhatALatencyHeldWhenItEnds() throws IOException {
    proxy.behave(new Behaviour.Latency(Duration.ofHours(1)));
    try (Client client = new Client(proxy.port())) {
      assertThat(client.says("abc").isSilent()).isTrue();
      proxy.behave(new Behaviour.Pass());
      assertThat(client.hears(3)).isEqualTo("abc");
    }
  }

  @Test
  void resetsWhatIsOpenAndWhatIsNew() throws IOException {
    try (Client client = new Client(proxy.port())) {
      client.says("a").hears(1);
      proxy.behave(new Behaviour.Reset());
      assertThat(client.next()).isEqualTo("reset");
    }
    assertThat(fateOfANewConnection()).isEqualTo("reset");
    assertThat(proxy.traffic().connections()).isEqualTo(2);
  }

  /// A reset may arrive before the client's own call has noticed that it was connected.
  private String fateOfANewConnection() throws IOException {
    try (Client client = new Client(proxy.port())) {
      return client.next();
    } catch (SocketException broken) {
      return String.valueOf(broken.getMessage()).startsWith("Connection reset")
          ? "reset"
          : broken.toString();
    }
  }

  @Test
  void refusesWhatIsNewAndEndsWhatIsOpen() throws IOException {
    try (Client client = new Client(proxy.port())) {
      client.says("a").hears(1);
      proxy.behave(new Behaviour.Refuse());
      assertThat(client.next()).isEqualTo("end");
    }
    assertThatThrownBy(() -> new Client(proxy.port())).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> BoundPort.without(proxy.port())).isInstanceOf(IOException.class);
    proxy.behave(new Behaviour.Pass());
    try (Client client = new Client(proxy.port())) {
      assertThat(client.says("b").next()).isEqualTo("b");
    }
  }

  @Test
  void cutsAfterSoManyBytesHaveComeBack() throws IOException {
    try (Client open = new Client(proxy.port())) {
      open.says("0123456789").hears(10);
      proxy.behave(new Behaviour.CutAfter(3));
      assertThat(open.says("abcdef").hears(3)).isEqualTo("abc");
      assertThat(open.next()).isEqualTo("reset");
    }
    try (Client fresh = new Client(proxy.port())) {
      assertThat(fresh.says("ab").hears(2)).isEqualTo("ab");
      assertThat(fresh.isSilent()).isTrue();
      assertThat(fresh.says("cdef").next()).isEqualTo("c");
      assertThat(fresh.next()).isEqualTo("reset");
    }
    assertThat(proxy.traffic().returned()).isEqualTo(16);
  }

  @Test
  void freesItsPortWhenItIsClosed() throws IOException {
    int port = proxy.port();
    Client client = new Client(port);
    client.says("a").hears(1);
    proxy.close();
    assertThat(client.next()).isEqualTo("reset");
    BoundPort.without(port);
    assertThatThrownBy(() -> proxy.behave(new Behaviour.Pass()))
        .hasMessage("the proxy on port %d is closed".formatted(port));
  }
}
