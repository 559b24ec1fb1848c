package dev.manyfactor.benchmarks.drain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// What is sent once.
///
/// @param pause before its last byte: how long it is under way at least
/// @param expected the only status that counts as an answer
@SuppressWarnings("ArrayRecordComponent") // never compared
record Request(byte[] bytes, Duration pause, int expected) {
  private static final Duration SLOW = Duration.ofSeconds(2);

  /// One of the load: two of three read, one pays, and one in fifty takes its time.
  static Request next(RandomGenerator random, String token, String customer) {
    if (random.nextInt(50) == 0) {
      return pay(random, token, customer, SLOW);
    }
    return random.nextInt(3) == 0
        ? pay(random, token, customer, Duration.ZERO)
        : new Request(bytes("GET /v1/payments?limit=2", token, "", ""), Duration.ZERO, 200);
  }

  private static Request pay(
      RandomGenerator random, String token, String customer, Duration pause) {
    String key = "drain-%016x%016x".formatted(random.nextLong(), random.nextLong());
    String body =
        "{\"customer_id\":\"%s\",\"amount_minor\":%d,\"currency\":\"EUR\"}"
            .formatted(customer, 100 * (1 + random.nextInt(500)));
    return new Request(post("/v1/payments", token, key, body), pause, 201);
  }

  /// A customer, for the payments.
  static Request register(String token) {
    String body =
        "{\"email\":\"ada@drain.example\",\"name\":\"Ada\",\"country\":\"GB\",\"tier\":\"vip\"}";
    byte[] bytes = post("/v1/customers", token, "drain-customer-0001", body);
    return new Request(bytes, Duration.ZERO, 201);
  }

  private static byte[] post(String path, String token, String key, String body) {
    String headers =
        "Idempotency-Key: \"%s\"\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
            .formatted(key, body.length());
    return bytes("POST " + path, token, headers, body);
  }

  private static byte[] bytes(String line, String token, String headers, String body) {
    return (line
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + token
            + "\r\n"
            + headers
            + "\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
