package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An answer that is given before the body has been read reaches the client, which may still be
/// sending it: nothing resets the connection under it.
class UnreadBodyTests {
  private static final int LARGE = 300_000;

  private final Operation fast = Served.answering("/fast", "{}");

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, LARGE})
  void refusalReachesAClientWhoseBodyComesAfterTheHead(int length) throws IOException {
    try (Served served = Served.serving(fast);
        Wire wire = served.connect()) {
      wire.send(head("/nowhere", "Content-Length: " + length));
      Wire.Answer refusal = wire.read();
      assertThat(refusal.status()).isEqualTo(404);
      assertThat(refusal.closes()).isTrue();
      for (int sent = 0; sent < length; sent += 1000) {
        wire.send("x".repeat(Math.min(1000, length - sent)));
      }
      assertThat(wire.isReset()).isFalse();
    }
  }

  @Test
  void refusalOfABodyThatIsTooLargeReachesAClientThatSendsItAll() throws IOException {
    try (Served served = Served.serving(Echo.at("/echo"));
        Wire wire = served.connect()) {
      wire.send(head("/echo", "Content-Type: application/json", "Content-Length: " + LARGE));
      wire.send("x".repeat(LARGE));
      assertThat(wire.read().status()).isEqualTo(413);
      assertThat(wire.isReset()).isFalse();
    }
  }

  @Test
  void refusalOfABodyOfUnknownLengthReachesItsClient() throws IOException {
    try (Served served = Served.serving(fast);
        Wire wire = served.connect()) {
      wire.send(head("/nowhere", "Transfer-Encoding: chunked"));
      assertThat(wire.read().status()).isEqualTo(404);
      wire.send("3\r\nabc\r\n").send("0\r\n\r\n");
      assertThat(wire.isReset()).isFalse();
    }
  }

  @Test
  void bodyThatIsThereIsReadAndTheConnectionKept() throws IOException {
    try (Served served = Served.serving(fast);
        Wire wire = served.connect()) {
      wire.send(head("/nowhere", "Content-Length: 3") + "abc");
      Wire.Answer refusal = wire.read();
      assertThat(refusal.status()).isEqualTo(404);
      assertThat(refusal.closes()).isFalse();
      assertThat(wire.send(Served.request("GET", "/fast") + "\r\n").read().status()).isEqualTo(200);
    }
  }

  @Test
  void clientThatWaitsToBeAskedForItsBodyIsAnsweredAndNotAskedForIt() throws IOException {
    try (Served served = Served.serving(fast);
        Wire wire = served.connect()) {
      wire.send(head("/nowhere", "Content-Length: 1000", "Expect: 100-continue"));
      assertThat(wire.read().status()).isEqualTo(404);
      assertThat(wire.isReset()).isFalse();
    }
  }

  @Test
  void clientThatGoesOnSendingForEverIsCutOff() throws IOException {
    try (Served served = Served.serving(fast);
        Wire wire = served.connect()) {
      wire.send(head("/nowhere", "Content-Length: 1000000000"));
      assertThat(wire.read().status()).isEqualTo(404);
      int sent = 0;
      while (sent < 1_000 && wire.trySend("x")) {
        sent++;
        LockSupport.parkNanos(20_000_000);
      }
      assertThat(sent).isLessThan(1_000);
    }
  }

  private static String head(String path, String... headers) {
    return Served.request("POST", path, headers) + "\r\n";
  }
}
