package dev.manyfactor.prover.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Exchange.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConversationTests {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void anAnswerIsReadWhole() throws IOException {
    Exchange exchange =
        answeredWith("HTTP/1.1 201 Created\r\nLocation: /v1/x\r\nContent-Length: 2\r\n\r\nok");
    assertThat(exchange.status()).isEqualTo(201);
    assertThat(exchange.body()).isEqualTo("ok");
    assertThat(((Exchange.Result.Answer) exchange.result()).header("Location")).contains("/v1/x");
  }

  @Test
  void anInterimAnswerIsPassedOver() throws IOException {
    assertThat(
            answeredWith("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
                .status())
        .isEqualTo(204);
  }

  @Test
  void anAnswerThatEndsTooEarlyIsNone() throws IOException {
    assertThat(kindOf(answeredWith("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")))
        .isEqualTo(Kind.ENDED);
    assertThat(kindOf(answeredWith(""))).isEqualTo(Kind.ENDED);
  }

  @Test
  void aChunkThatEndsTooEarlyIsNone() throws IOException {
    assertThat(kindOf(answeredWith("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nok")))
        .isEqualTo(Kind.ENDED);
  }

  @Test
  void anAnswerWithoutABodyIsWholeWhileItsConnectionStays() throws IOException {
    try (ServerSocket server = listening()) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              var _ = socket.getInputStream().readAllBytes(); // until the client goes
            } catch (IOException ended) {
              // the test fails by what the client sees
            }
          });
      assertThat(send(server, Call.get("/"), PATIENCE).status()).isEqualTo(204);
    }
  }

  @Test
  void aPathIsSentAsItIs() throws IOException {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (ServerSocket server = listening()) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              byte[] start = socket.getInputStream().readNBytes("GET //a/%7B HTTP".length());
              received.add(new String(start, StandardCharsets.US_ASCII));
            } catch (IOException ended) {
              // the test fails by what it does not receive
            }
          });
      var _ = send(server, Call.get("//a/%7B"), PATIENCE);
      assertThat(received).containsExactly("GET //a/%7B HTTP");
    }
  }

  @Test
  void whatIsQuotedOfGarbageIsShortAndHarmless() throws IOException {
    Exchange exchange =
        answeredWith("HTTP/1.1 200 OK\r\n\u001b[31mno header" + "x".repeat(9000) + "\r\n\r\n");
    assertThat(kindOf(exchange)).isEqualTo(Kind.GARBAGE);
    assertThat(exchange.toString()).hasSizeLessThan(300).doesNotContain("\u001b");
  }

  @Test
  void aResetIsToldFromAnEnd() throws IOException {
    try (ServerSocket server = listening()) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              socket.setSoLinger(true, 0);
              var _ = socket.getInputStream().read();
            } catch (IOException ended) {
              // the test fails by what the client sees
            }
          });
      assertThat(kindOf(send(server, Call.get("/"), PATIENCE))).isEqualTo(Kind.RESET);
    }
  }

  @Test
  void whatIsNotHttpIsGarbage() throws IOException {
    assertThat(kindOf(answeredWith("SSH-2.0-OpenSSH_9.2\r\n\r\n"))).isEqualTo(Kind.GARBAGE);
  }

  @Test
  void nobodyListensIsRefused() throws IOException {
    ServerSocket server = listening();
    server.close();
    assertThat(kindOf(send(server, Call.get("/"), PATIENCE))).isEqualTo(Kind.REFUSED);
  }

  @Test
  void anAnswerThatDripsEndsAtTheBound() throws IOException {
    try (ServerSocket server = listening()) {
      Thread.ofVirtual().start(() -> drip(server));
      assertThat(kindOf(send(server, Call.get("/"), SHORT))).isEqualTo(Kind.TIMEOUT);
    }
  }

  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      while (true) {
        socket.getOutputStream().write('x');
        socket.getOutputStream().flush();
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException ended) {
      // the client has gone
    }
  }

  @Test
  void theSecondHalfOfABodyIsSentWhenItIsToldTo() throws IOException, InterruptedException {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (ServerSocket server = listening()) {
      Thread.ofVirtual().start(() -> receive(server, received));
      Transcript transcript = new Transcript(System::nanoTime, text -> text);
      Call call = new Call("POST", "/x", Map.of(), Optional.of("0123456789"));
      HalfRequest half =
          HalfRequest.start(
              new Conversation(server.getLocalPort(), System::nanoTime), call, transcript, "web");
      assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("01234");
      assertThat(half.isAnswered()).isFalse();
      assertThat(half.finish(PATIENCE).status()).isEqualTo(200);
      assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("56789");
    }
  }

  private static void receive(ServerSocket server, BlockingQueue<String> received) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) in.read());
      }
      received.add(new String(in.readNBytes(5), StandardCharsets.US_ASCII));
      received.add(new String(in.readNBytes(5), StandardCharsets.US_ASCII));
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException ended) {
      // the test fails by what it does not receive
    }
  }

  private static Exchange answeredWith(String answer) throws IOException {
    try (ServerSocket server = listening()) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              InputStream in = socket.getInputStream();
              StringBuilder head = new StringBuilder();
              while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.read());
              }
              socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException ended) {
              // the test fails by what the client sees
            }
          });
      return send(server, Call.get("/"), PATIENCE);
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static Exchange send(ServerSocket server, Call call, Duration patience) {
    return new Conversation(server.getLocalPort(), System::nanoTime).send(call, patience);
  }

  private static Kind kindOf(Exchange exchange) {
    return exchange.result() instanceof Exchange.Result.Broken(var kind, _)
        ? kind
        : org.assertj.core.api.Assertions.fail("answered: " + exchange);
  }
}
