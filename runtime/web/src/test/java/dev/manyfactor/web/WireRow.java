package dev.manyfactor.web;

import java.util.Arrays;
import java.util.List;

/// Bytes that a client may send, and what this server makes of them.
///
/// @param group what the row is about
/// @param name what is special about the bytes
/// @param bytes as they are sent; behind them comes a request that must not run if the row closes
/// @param statuses of the answers, in order
/// @param end what becomes of the connection
record WireRow(String group, String name, String bytes, List<Integer> statuses, End end) {
  static final String BODY = "{\"text\":\"ada\"}";

  /// What becomes of the connection after the last answer.
  enum End {
    /// It is closed, and nothing behind the bytes has run.
    CLOSED,
    /// The next request on it is answered.
    OPEN
  }

  /// The rows of one group.
  record Group(String name) {
    WireRow refused(int status, String name, String bytes) {
      return ended(name, bytes, status);
    }

    WireRow ended(String name, String bytes, Integer... statuses) {
      return new WireRow(this.name, name, bytes, Arrays.asList(statuses), End.CLOSED);
    }

    WireRow answered(String name, String bytes, Integer... statuses) {
      return new WireRow(this.name, name, bytes, Arrays.asList(statuses), End.OPEN);
    }
  }

  /// `POST /echo` with these headers, separated by `|`, and this body.
  static String post(String headers, String body) {
    return "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + headers.replace("|", "\r\n")
        + "\r\n\r\n"
        + body;
  }

  /// `POST /echo` with a good body under these headers.
  static String post(String headers) {
    return post(headers, BODY);
  }

  /// `POST /echo` with a body in these chunks.
  static String chunked(String chunks) {
    return post("Transfer-Encoding: chunked", chunks);
  }

  /// `GET /fast` with these headers, separated by `|`.
  static String get(String headers) {
    return line("GET /fast HTTP/1.1", headers);
  }

  /// A request line with these headers, separated by `|`.
  static String line(String line, String headers) {
    return line + "\r\nHost: localhost\r\n" + headers.replace("|", "\r\n") + "\r\n\r\n";
  }

  @Override
  public String toString() {
    return group + ": " + name;
  }
}
