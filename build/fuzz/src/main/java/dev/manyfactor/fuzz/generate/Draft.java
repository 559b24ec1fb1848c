package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.document.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A request, and what is owed to it. Immutable; the bytes are not copied.
///
/// @param kind what was done to make it, for the figures
/// @param operation what it is for, or nearly
/// @param body the bytes behind the head; empty for none
/// @param delivery how it is sent
public record Draft(
    String kind,
    ApiOperation operation,
    Head head,
    Optional<byte[]> body,
    Delivery delivery,
    Expected expected) {
  /// Stands in each text that nobody may be told.
  public static final String SENSITIVE = "S3NS1T1V";

  /// Method, target and headers, without those that frame the body.
  ///
  /// @param query each parameter as it is written
  public record Head(String method, String path, List<String> query, List<Header> headers) {
    /// Copies the lists.
    public Head {
      query = List.copyOf(query);
      headers = List.copyOf(headers);
    }

    /// What stands between method and version.
    public String target() {
      return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }
  }

  /// A line of the head.
  public record Header(String name, String value) {}

  /// How a request is sent.
  public sealed interface Delivery {
    /// With the length of its body.
    record Measured() implements Delivery {}

    /// In chunks of at most so many bytes.
    record Chunked(int size) implements Delivery {}

    /// These bytes instead of all else, on a connection of its own.
    ///
    /// @param half whether the sending side is closed after them
    record AsIs(Octets bytes, boolean half) implements Delivery {}
  }

  Draft as(String otherKind, Expected otherwise) {
    return new Draft(otherKind, operation, head, body, delivery, otherwise);
  }

  Draft withMethod(String method) {
    return new Draft(
        kind,
        operation,
        new Head(method, head.path(), head.query(), head.headers()),
        body,
        delivery,
        expected);
  }

  Draft withPath(String path) {
    return new Draft(
        kind,
        operation,
        new Head(head.method(), path, head.query(), head.headers()),
        body,
        delivery,
        expected);
  }

  Draft withQuery(UnaryOperator<List<String>> change) {
    var query = change.apply(new ArrayList<>(head.query()));
    return new Draft(
        kind,
        operation,
        new Head(head.method(), head.path(), query, head.headers()),
        body,
        delivery,
        expected);
  }

  Draft withHeaders(UnaryOperator<List<Header>> change) {
    var headers = change.apply(new ArrayList<>(head.headers()));
    return new Draft(
        kind,
        operation,
        new Head(head.method(), head.path(), head.query(), headers),
        body,
        delivery,
        expected);
  }

  /// The same without this header, in any spelling.
  Draft without(String name) {
    return withHeaders(headers ->
        headers.stream().filter(header -> !header.name().equalsIgnoreCase(name)).toList());
  }

  /// The same with this header in place of those of its name.
  Draft with(String name, String value) {
    return without(name).plus(name, value);
  }

  /// The same with one more line.
  Draft plus(String name, String value) {
    return withHeaders(headers -> {
      headers.add(new Header(name, value));
      return headers;
    });
  }

  Draft withBody(byte[] bytes) {
    return new Draft(kind, operation, head, Optional.of(bytes), delivery, expected);
  }

  Draft withBody(String text) {
    return withBody(text.getBytes(StandardCharsets.UTF_8));
  }

  Draft withoutBody() {
    return new Draft(kind, operation, head, Optional.empty(), delivery, expected);
  }

  Draft delivered(Delivery other) {
    return new Draft(kind, operation, head, body, other, expected);
  }

  /// The bytes that are sent.
  public byte[] bytes() {
    return switch (delivery) {
      case Delivery.AsIs(var bytes, var _) -> bytes.array();
      case Delivery.Measured() -> framed(body.map(it -> "Content-Length: " + it.length), body);
      case Delivery.Chunked(var size) ->
          framed(
              body.map(_ -> "Transfer-Encoding: chunked"), body.map(bytes -> chunked(bytes, size)));
    };
  }

  private byte[] framed(Optional<String> framing, Optional<byte[]> content) {
    var text = new StringBuilder(head.method() + ' ' + head.target() + " HTTP/1.1\r\n");
    head.headers()
        .forEach(it -> text.append(it.name()).append(": ").append(it.value()).append("\r\n"));
    framing.ifPresent(line -> text.append(line).append("\r\n"));
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    content.ifPresent(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static byte[] chunked(byte[] body, int size) {
    var bytes = new ByteArrayOutputStream();
    for (int from = 0; from < body.length; from += size) {
      int length = Math.min(size, body.length - from);
      bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      bytes.write(body, from, length);
      bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }
}
