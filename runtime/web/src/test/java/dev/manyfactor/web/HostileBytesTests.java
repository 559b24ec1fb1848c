package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.json.Int32;
import dev.manyfactor.json.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Requests with random mistakes in them: whatever comes, the server answers or hangs up, and it is
/// never the server's fault.
class HostileBytesTests {
  private static final long SEED = 20_261_120;
  private static final int CASES = 1_500;
  private static final String HEAD =
      """
      POST /things/7?limit=3&sort=a%20b HTTP/1.1
      Host: localhost
      Accept: */*
      Content-Type: application/json; charset=utf-8
      X-View: full
      """
          .replace("\n", "\r\n");
  private static final String REQUEST = HEAD + "Content-Length: 14\r\n\r\n{\"text\":\"ada\"}";
  private static final String CHUNKS = "7\r\n{\"text\"\r\n7\r\n:\"ada\"}\r\n0\r\n\r\n";
  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n" + CHUNKS;
  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r",
    ":",
    " ",
    "\t",
    "%",
    "%00",
    "/",
    "..",
    "?",
    "&",
    "=",
    ";",
    ",",
    "\"",
    "{",
    "\0",
    "\u00ff",
    "Content-Length: 3\r\n",
    "Transfer-Encoding: chunked\r\n",
    "0\r\n\r\n",
    "99999999999"
  };

  @Test
  void noMistakeOfAClientIsAFailureOfTheServer() throws IOException {
    var random = new Random(SEED);
    try (Served served = Served.serving(thing())) {
      for (int i = 0; i < CASES; i++) {
        String bytes = mutated(i % 2 == 0 ? REQUEST : CHUNKED, random);
        int status = statusOf(served, bytes);
        assertThat(status == 501 || status == 505 || status < 500)
            .as("case %d of seed %d answered %d: %s", i, SEED, status, bytes)
            .isTrue();
      }
      assertThat(served.send(REQUEST).status()).isEqualTo(200);
      assertThat(served.send(CHUNKED).status()).isEqualTo(200);
    }
  }

  private static Operation thing() {
    return Served.plain(
        Method.POST,
        "/things/{id}",
        input -> {
          Object id = input.path("id").required(Int32.ANY);
          int limit = input.query("limit").withDefault(Int32.ANY, 1);
          Object sort = input.query("sort").optional(Text.ANY);
          Object view = input.header("X-View").optional(Text.ANY);
          Echo echo = input.body(Echo.CODEC);
          return _ ->
              Response.json(200, Echo.CODEC, new Echo("" + id + limit + sort + view + echo));
        });
  }

  /// The status of the first answer; 0 if the server hung up without one.
  private static int statusOf(Served served, String bytes) throws IOException {
    try (Wire wire = served.connect()) {
      wire.trySend(bytes);
      wire.tryEndOutput();
      return wire.hasAnswerWithin(Duration.ofSeconds(20)) ? wire.read().status() : 0;
    }
  }

  private static String mutated(String request, RandomGenerator random) {
    var bytes = new StringBuilder(request);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int at = random.nextInt(bytes.length());
      switch (random.nextInt(4)) {
        case 0 -> bytes.deleteCharAt(at);
        case 1 -> bytes.setCharAt(at, (char) random.nextInt(256));
        case 2 -> bytes.insert(at, PIECES[random.nextInt(PIECES.length)]);
        default -> bytes.insert(at, bytes.substring(at, Math.min(bytes.length(), at + 20)));
      }
    }
    return bytes.toString();
  }
}
