package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProbeTests {

  @Test
  @Timeout(30)
  void anAnswerThatDoesNotEndIsNoAnswer() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server = HttpServer.create(new InetSocketAddress(Ports.loopback(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    try {
      server.createContext(
          "/stream",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            await(over);
            exchange.close();
          });
      server.start();
      int port = server.getAddress().getPort();
      var probe = new Probe(new ProcessType.Readiness.Answer("/stream"), port, "PORT", 0);
      assertThat(probe.whyNotReady())
          .hasValueSatisfying(
              reason -> assertThat(reason).contains("/stream has not answered whole after 2 s"));
    } finally {
      over.countDown();
      server.stop(0);
    }
  }

  private static void await(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
