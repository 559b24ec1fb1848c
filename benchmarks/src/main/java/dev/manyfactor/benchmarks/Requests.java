package dev.manyfactor.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/// The requests of one connection, written out before the clock runs. Belongs to one thread.
interface Requests {

  /// The next one, ready to be sent.
  ByteBuffer next();

  /// The only status that counts as an answer.
  int status();

  /// One kind of requests.
  @FunctionalInterface
  interface Kind {
    /// Those of one connection, which repeat with the same seed.
    Requests from(SplittableRandom random);
  }

  /// Reads one of many resources at random.
  static Kind gets(List<String> paths, String token) {
    List<byte[]> texts = paths.stream().map(path -> bytes("GET " + path, token, "", "")).toList();
    return random -> new Fixed(texts, random);
  }

  /// Creates a resource, each time under a fresh key.
  ///
  /// @param clock when a key says it was made
  static Kind posts(String path, String token, String body, InstantSource clock) {
    var placeholder = new Uuid7(clock, new SplittableRandom()).next().toString();
    String key = "Idempotency-Key: \"" + placeholder + "\"\r\nContent-Type: application/json\r\n";
    byte[] text = bytes("POST " + path, token, key, body);
    int offset = new String(text, StandardCharsets.US_ASCII).indexOf(placeholder);
    return random -> new Keyed(text, offset, new Uuid7(clock, random));
  }

  private static byte[] bytes(String line, String token, String headers, String body) {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    return (line
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + authorization
            + headers
            + length
            + "\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// One of some requests that never change.
  record Fixed(List<byte[]> texts, SplittableRandom random) implements Requests {
    @Override
    public ByteBuffer next() {
      return ByteBuffer.wrap(texts.get(random.nextInt(texts.size())));
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /// One request whose key is written over each time.
  final class Keyed implements Requests {
    private final byte[] text;
    private final int offset;
    private final Uuid7 keys;

    private Keyed(byte[] text, int offset, Uuid7 keys) {
      this.text = text.clone();
      this.offset = offset;
      this.keys = keys;
    }

    @Override
    public ByteBuffer next() {
      byte[] key = keys.next().toString().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(key, 0, text, offset, key.length);
      return ByteBuffer.wrap(text);
    }

    @Override
    public int status() {
      return 201;
    }
  }
}
