package dev.manyfactor.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SwitchTests {
  private static final int CLIENTS = 20;
  private static final int ROUNDS = 100;

  @Test
  void nothingIsPassedOnOnceTheChangeHasReturned() throws Exception {
    List<Client> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        EchoServer server = new EchoServer();
        TcpProxy proxy = TcpProxy.to(server.address())) {
      for (int i = 0; i < CLIENTS; i++) {
        Client client = new Client(proxy.port(), Client.PATIENCE_MILLIS);
        clients.add(client);
        threads.execute(() -> flood(client));
      }
      for (int round = 0; round < ROUNDS; round++) {
        long before = proxy.traffic().returned();
        HoldingTests.await(() -> proxy.traffic().returned() > before);
        proxy.behave(new Behaviour.Blackhole());
        Traffic begun = proxy.traffic();
        Thread.sleep(2);
        Traffic during = proxy.traffic().since(begun);
        assertThat(during.passed() + during.returned()).as("round %d", round).isZero();
        proxy.behave(new Behaviour.Pass());
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @Test
  void refusesAndListensAtOnceEachTime() throws Exception {
    try (EchoServer server = new EchoServer();
        TcpProxy proxy = TcpProxy.to(server.address())) {
      for (int round = 0; round < ROUNDS; round++) {
        proxy.behave(new Behaviour.Refuse());
        assertThatThrownBy(() -> new Client(proxy.port())).isInstanceOf(ConnectException.class);
        proxy.behave(new Behaviour.Pass());
        try (Client client = new Client(proxy.port())) {
          assertThat(client.says("a").hears(1)).isEqualTo("a");
        }
      }
    }
  }

  private static void flood(Client client) {
    try {
      while (true) {
        client.says("0123456789").hears(10);
      }
    } catch (IOException closed) {
      // the proxy was closed
    }
  }
}
