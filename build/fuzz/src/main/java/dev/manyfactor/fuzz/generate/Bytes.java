package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.document.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Bytes that are not well-formed HTTP, or break off: each on a connection of its own.
final class Bytes {
  private static final Expected MALFORMED = new Expected.Refused(Set.of(400), "");

  private final Maker maker;
  private final Chance chance;

  Bytes(Maker maker) {
    this.maker = maker;
    this.chance = maker.chance();
  }

  List<Family.Way> ways(Parts parts) {
    var ways = new ArrayList<Family.Way>();
    add(
        parts,
        ways,
        "no-host",
        MALFORMED,
        head -> head.replaceFirst("(?i)\r\nhost: localhost", ""));
    add(parts, ways, "two-hosts", MALFORMED, head -> line(head, "Host: other"));
    add(
        parts,
        ways,
        "bad-host",
        MALFORMED,
        head -> head.replaceFirst("(?i)\r\nhost: localhost", "\r\nHost: a b/c"));
    add(
        parts,
        ways,
        "version",
        new Expected.Refused(Set.of(400, 505), ""),
        head ->
            head.replaceFirst(
                " HTTP/1.1\r\n",
                chance.pickText(
                    " HTTP/2.0\r\n",
                    " HTTP/1.7\r\n",
                    " HTTP/0.9\r\n",
                    " HTTP/1.1 \r\n",
                    " HTPP/1.1\r\n")));
    add(parts, ways, "space-before-colon", MALFORMED, head -> line(head, "X-A : b"));
    add(parts, ways, "folded-header", MALFORMED, head -> line(head, "X-A: b\r\n c"));
    add(
        parts,
        ways,
        "bad-header-name",
        MALFORMED,
        head -> line(head, chance.pickText("X(A): b", ": b", "X A: b", "X\0: b", "\u00e4: b")));
    add(
        parts,
        ways,
        "bad-header-value",
        MALFORMED,
        head -> line(head, chance.pickText("X-A: a\0b", "X-A: a\rb", "X-A: a\u0001b", "X-A")));
    add(parts, ways, "space-in-target", MALFORMED, head -> head.replaceFirst(" /", " / x/"));
    add(parts, ways, "bare-line-feed", MALFORMED, head -> head.replace("\r\n", "\n"));
    if (parts.plain().filter(body -> body.length > 1).isPresent()) {
      framing(parts, ways);
    }
    ways.add(
        new Family.Way(
            "bytes:noise",
            () ->
                as(
                    parts,
                    "bytes:noise",
                    noise(),
                    false,
                    new Expected.Refused(Set.of(400, 505), ""))));
    return ways;
  }

  private void framing(Parts parts, List<Family.Way> ways) {
    add(
        parts,
        ways,
        "length-and-chunks",
        MALFORMED,
        head -> line(head, "Transfer-Encoding: chunked"));
    add(parts, ways, "two-lengths", MALFORMED, head -> line(head, "Content-Length: 7"));
    add(
        parts,
        ways,
        "bad-length",
        MALFORMED,
        head ->
            head.replaceFirst(
                "(?i)Content-Length: ",
                chance.pickText(
                    "Content-Length: -",
                    "Content-Length: +",
                    "Content-Length: 0x",
                    "Content-Length: 1,",
                    "Content-Length: 99999999999999999999",
                    "Content-Length: ' ")));
    add(
        parts,
        ways,
        "unknown-coding",
        new Expected.Refused(Set.of(400, 501), ""),
        head ->
            head.replaceFirst(
                "(?i)Content-Length: [0-9]+",
                "Transfer-Encoding: "
                    + chance.pickText(
                        "gzip",
                        "x",
                        "chunked, gzip",
                        "identity",
                        "chunked, chunked",
                        "\u000bchunked")));
    ways.add(new Family.Way("bytes:bad-chunk", () -> badChunk(parts)));
    ways.add(new Family.Way("bytes:broken-off", () -> brokenOff(parts)));
    ways.add(new Family.Way("bytes:length-too-small", () -> tooSmall(parts)));
  }

  private Draft badChunk(Parts parts) {
    String head =
        head(valid(parts)).replaceFirst("(?i)Content-Length: [0-9]+", "Transfer-Encoding: chunked");
    String chunks =
        chance.pickText(
            "zz\r\n{}\r\n0\r\n\r\n",
            "-1\r\n{}\r\n0\r\n\r\n",
            "2\r\n{}x\r\n0\r\n\r\n",
            "ffffffffffffffff1\r\n{}",
            "\r\n\r\n",
            "2 \r\n{}\r\n0\r\n\r\n",
            "0x2\r\n{}\r\n0\r\n\r\n");
    return as(parts, "bytes:bad-chunk", latin(head + chunks), true, MALFORMED);
  }

  private Draft brokenOff(Parts parts) {
    byte[] all = valid(parts).bytes();
    int length = valid(parts).body().orElseThrow().length;
    byte[] some = Arrays.copyOf(all, all.length - 1 - chance.below(Math.max(1, length - 1)));
    return as(parts, "bytes:broken-off", some, true, new Expected.Refused(Set.of(400, 408), ""));
  }

  /// The body ends within the document; what is left over is no request.
  private Draft tooSmall(Parts parts) {
    Draft valid = valid(parts);
    int length = valid.body().orElseThrow().length;
    String head =
        head(valid)
            .replaceFirst(
                "(?i)Content-Length: [0-9]+", "Content-Length: " + Math.max(1, length - 1));
    Expected truncated = length > 1 ? new Expected.Violating(Set.of("")) : new Expected.Either();
    Expected expected = parts.payload().isPresent() ? new Expected.Either() : truncated;
    return as(
        parts,
        "bytes:length-too-small",
        joined(latin(head), valid.body().orElseThrow()),
        true,
        expected);
  }

  private byte[] noise() {
    return switch (chance.below(4)) {
      case 0 ->
          latin(
              "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
                  + chance.hex(64));
      case 1 -> latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      case 2 -> latin(chance.hex(40) + "\r\n\r\n");
      default -> latin("GET\r\n\r\n");
    };
  }

  private void add(
      Parts parts,
      List<Family.Way> ways,
      String name,
      Expected expected,
      UnaryOperator<String> change) {
    String kind = "bytes:" + name;
    ways.add(
        new Family.Way(
            kind,
            () -> {
              Draft valid = valid(parts);
              byte[] head = latin(change.apply(head(valid)));
              return as(
                  parts, kind, joined(head, valid.body().orElse(new byte[0])), false, expected);
            }));
  }

  private Draft valid(Parts parts) {
    return maker.draft(parts, parts.plain());
  }

  private Draft as(Parts parts, String kind, byte[] bytes, boolean half, Expected expected) {
    return maker
        .draft(parts, Optional.empty())
        .delivered(new Draft.Delivery.AsIs(Octets.of(bytes), half))
        .as(kind, expected);
  }

  private static String head(Draft draft) {
    int length = draft.body().map(it -> it.length).orElse(0);
    byte[] all = draft.bytes();
    return new String(all, 0, all.length - length, StandardCharsets.ISO_8859_1);
  }

  /// The head with another line at its end.
  private static String line(String head, String line) {
    return head.substring(0, head.length() - 2) + line + "\r\n\r\n";
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[] head, byte[] body) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head);
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
