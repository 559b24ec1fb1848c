package dev.manyfactor.web;

import static dev.manyfactor.web.WireRow.BODY;
import static dev.manyfactor.web.WireRow.chunked;
import static dev.manyfactor.web.WireRow.get;
import static dev.manyfactor.web.WireRow.line;
import static dev.manyfactor.web.WireRow.post;

import java.util.List;
import java.util.stream.Stream;

/// Every row of bytes that the server was chosen by, the shapes of smuggled requests first.
final class WireRows {
  private static final String LENGTH = "Content-Length: 14";
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  private WireRows() {}

  static Stream<WireRow> all() {
    return Stream.of(
            framing(),
            headerLines(),
            chunks(),
            tooLarge(),
            connections(),
            expectations(),
            lines(),
            targets(),
            methods(),
            secondVersion())
        .flatMap(List::stream);
  }

  private static List<WireRow> framing() {
    var group = new WireRow.Group("framing");
    return List.of(
        group.refused(400, "CL and TE", post(LENGTH + "|" + CHUNKED)),
        group.refused(400, "TE and CL", post(CHUNKED + "|" + LENGTH)),
        group.refused(400, "two CL that differ", post(LENGTH + "|Content-Length: 5")),
        group.refused(400, "two CL that agree", post(LENGTH + "|" + LENGTH)),
        group.refused(400, "CL `5, 5`", post("Content-Length: 5, 5")),
        group.refused(400, "CL `+5`", post("Content-Length: +5")),
        group.refused(400, "CL `-5`", post("Content-Length: -5")),
        group.refused(400, "CL `0x0e`", post("Content-Length: 0x0e")),
        group.refused(400, "CL of 20 digits", post("Content-Length: 99999999999999999999")),
        group.refused(400, "CL `abc`", post("Content-Length: abc")),
        group.refused(400, "CL empty", post("Content-Length:")),
        group.refused(400, "TE `xchunked`", post("Transfer-Encoding: xchunked")),
        group.refused(400, "TE `chunked, identity`", post("Transfer-Encoding: chunked, identity")),
        group.refused(400, "TE `identity`", post("Transfer-Encoding: identity")),
        group.refused(400, "TE with VT before its value", post("Transfer-Encoding: \u000bchunked")),
        group.refused(400, "TE twice", post(CHUNKED + "|" + CHUNKED)),
        group.refused(400, "space before the colon of CL", post("Content-Length : 14")),
        group.refused(400, "space before the colon of TE", post("Transfer-Encoding : chunked")));
  }

  private static List<WireRow> headerLines() {
    var group = new WireRow.Group("header lines");
    return List.of(
        group.refused(400, "bare CR in a header", post(LENGTH + "|X: a\rb")),
        group.refused(400, "NUL in a header", post(LENGTH + "|X: a\0b")),
        group.refused(400, "bare LF", "GET /fast HTTP/1.1\nHost: localhost\n\n"),
        group.refused(400, "obs-fold", post(LENGTH + "|X: a|  folded")),
        group.refused(400, "obs-fold of TE", post("Transfer-Encoding:|  chunked")),
        group.refused(400, "a line without a colon", get("X")),
        group.refused(400, "a space in a name", get("X Y: a")),
        group.refused(400, "no Host", "GET /fast HTTP/1.1\r\n\r\n"),
        group.refused(400, "two Hosts", get("Host: other")));
  }

  private static List<WireRow> chunks() {
    var group = new WireRow.Group("chunks");
    return List.of(
        group.refused(400, "size of 18 digits", chunked("FFFFFFFFFFFFFFFFFF\r\n")),
        group.refused(400, "size `-1`", chunked("-1\r\n")),
        group.refused(400, "size `5` and bare LF", chunked("5\n")),
        group.refused(400, "extension and bare LF", chunked("5;a\n")),
        group.refused(400, "no CRLF behind a chunk", chunked("5\r\nabcdeX")),
        group.refused(400, "size `ZZ`", chunked("ZZ\r\n")),
        group.refused(400, "size `5 `", chunked("5 \r\n")),
        group.refused(400, "size `0x5`", chunked("0x5\r\n")),
        group.refused(
            413, "size 0x100000005", chunked("100000005\r\n{\"text\":\"" + "x".repeat(2000))),
        group.answered(
            "extension and trailer",
            chunked("5\r\n{\"tex\r\n9;a=b\r\nt\":\"ada\"}\r\n0\r\nContent-Length: 5\r\n\r\n"),
            200));
  }

  private static List<WireRow> tooLarge() {
    var group = new WireRow.Group("over a limit");
    String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
    String fiveMebibytes = "x".repeat(5 << 20);
    return List.of(
        group.refused(413, "CL body", post("Content-Length: 5000", "x".repeat(5000))),
        group.refused(413, "CL body of 5 MiB", post("Content-Length: 5242880", fiveMebibytes)),
        group.refused(413, "chunked body", chunked(chunk.repeat(100) + "0\r\n\r\n")),
        group.refused(413, "chunked body of 5 MiB", chunked(chunk.repeat(5 << 10) + "0\r\n\r\n")),
        group.refused(414, "target", line("GET /" + "x".repeat(10_000) + " HTTP/1.1", "X: a")),
        group.refused(431, "one header", get("X: " + "x".repeat(10_000))),
        group.refused(431, "many headers", get("X: a|".repeat(2_000) + "X: a")));
  }

  private static List<WireRow> connections() {
    var group = new WireRow.Group("connection");
    return List.of(
        group.refused(200, "`close` by the client", get("Connection: close")),
        group.refused(200, "`close` by the handler", line("GET /closing HTTP/1.1", "X: a")),
        group.refused(
            200,
            "`close` by the handler, body unread",
            line("POST /deaf HTTP/1.1", "Content-Type: application/json|" + LENGTH) + BODY),
        group.refused(200, "HTTP/1.0", "GET /fast HTTP/1.0\r\n\r\n"),
        group.answered(
            "HTTP/1.0 with keep-alive",
            "GET /fast HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            200),
        group.refused(400, "HTTP/1.0 with TE", older("X: a")),
        group.refused(400, "HTTP/1.0 with TE and keep-alive", older("Connection: keep-alive")),
        group.refused(
            400,
            "HTTP/1.0 with TE and keep-alive to a probe",
            "GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n" + CHUNKED + "\r\n\r\n0\r\n\r\n"),
        group.refused(505, "HTTP/9.9", "GET /fast HTTP/9.9\r\n\r\n"),
        group.answered("pipelining", get("X: a") + post(LENGTH) + get("X: a"), 200, 200, 200),
        group.ended("bytes behind a CL body", post(LENGTH) + "GARBAGE" + get("X: a"), 200, 501),
        group.answered("empty lines before a request", "\r\n\r\n" + get("X: a"), 200));
  }

  private static String older(String header) {
    String head = "POST /echo HTTP/1.0\r\nContent-Type: application/json\r\n" + CHUNKED + "\r\n";
    return head + header + "\r\n\r\ne\r\n" + BODY + "\r\n0\r\n\r\n";
  }

  private static List<WireRow> expectations() {
    var group = new WireRow.Group("expect");
    return List.of(
        group.answered("100-continue, body at once", post(LENGTH + "|Expect: 100-continue"), 200),
        group.answered("100-Continue, body at once", post(LENGTH + "|Expect: 100-Continue"), 200),
        group.refused(
            413, "100-continue, too large", post("Content-Length: 5000|Expect: 100-continue", "")),
        group.refused(417, "an unknown expectation", post(LENGTH + "|Expect: wonders")));
  }

  private static List<WireRow> lines() {
    var group = new WireRow.Group("request line");
    return List.of(
        group.answered("two spaces", line("GET  /fast HTTP/1.1", "X: a"), 200),
        group.refused(400, "a space in the target", line("GET /fast a HTTP/1.1", "X: a")),
        group.refused(400, "a tab for a space", line("GET\t/fast HTTP/1.1", "X: a")),
        group.refused(400, "a method that is no token", line("G@T /fast HTTP/1.1", "X: a")),
        group.refused(400, "a target alone", line("/fast", "X: a")),
        group.refused(
            400, "absolute target, other Host", line("GET http://a/fast HTTP/1.1", "X: a")),
        group.answered(
            "absolute target, same Host", line("GET http://localhost/fast HTTP/1.1", "X: a"), 200));
  }

  private static List<WireRow> targets() {
    var group = new WireRow.Group("target");
    Stream<WireRow> ambiguous =
        Stream.of(
                "/fast%00",
                "/a%2f..%2ffast",
                "//fast",
                "/%zz",
                "/%ff",
                "/..%2ffast",
                "/%2e%2e/fast",
                "/fast\\x",
                "/f\u00e4st",
                "/../../fast")
            .map(
                path -> group.refused(400, shown(path), line("GET " + path + " HTTP/1.1", "X: a")));
    Stream<WireRow> lookalikes =
        Stream.of("/a/../fast", "/./fast", "/fast/", "/fast;a=b", "/FAST", "/fast/..")
            .map(path ->
                group.answered(shown(path), line("GET " + path + " HTTP/1.1", "X: a"), 404));
    Stream<WireRow> escapes =
        Stream.of("/fast?a=%zz", "/fast?a=%ff")
            .map(path ->
                group.answered(shown(path), line("GET " + path + " HTTP/1.1", "X: a"), 400));
    return Stream.of(ambiguous, lookalikes, escapes).flatMap(rows -> rows).toList();
  }

  private static String shown(String path) {
    return '`' + path + '`';
  }

  private static List<WireRow> methods() {
    var group = new WireRow.Group("method");
    return List.of(
        group.answered("OPTIONS", line("OPTIONS /fast HTTP/1.1", "X: a"), 204),
        group.answered("another than the contract's", line("DELETE /fast HTTP/1.1", "X: a"), 405),
        group.answered("TRACE", line("TRACE /fast HTTP/1.1", "X: a"), 405),
        group.refused(501, "none of RFC 9110", line("BREW /fast HTTP/1.1", "X: a")),
        group.refused(501, "in lower case", line("get /fast HTTP/1.1", "X: a")));
  }

  private static List<WireRow> secondVersion() {
    var group = new WireRow.Group("HTTP/2");
    String settings = "|HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA";
    String offer = "Connection: Upgrade, HTTP2-Settings|Upgrade: h2c" + settings;
    return List.of(
        group.refused(505, "preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        group.answered("upgrade, declined", get(offer), 200),
        group.answered("upgrade with a body, declined", post(LENGTH + "|" + offer), 200),
        group.answered(
            "upgrade to websocket, declined", get("Connection: Upgrade|Upgrade: websocket"), 200));
  }
}
