package dev.manyfactor.prover.standin;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Reads the requests of one connection: HTTP/1.1 as clients send it, and no more.
///
/// A head may have 64 KiB. Of a body 1 MiB is kept and the rest read and dropped.
///
/// @param out where `100 Continue` is written for those who wait for it
record RequestReader(InputStream in, OutputStream out, LongSupplier nanos) {
  private static final int HEAD_LIMIT = 64 * 1024;
  private static final int BODY_LIMIT = 1024 * 1024;
  private static final int HEXADECIMAL = 16;

  /// The next request; empty when the client has ended the connection.
  Optional<Received> next() throws IOException {
    Optional<String> start = line(HEAD_LIMIT);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    String[] words = start.get().split(" ", 3);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new IOException("not a request: " + start.get());
    }
    Map<String, List<String>> headers = headers();
    if (first(headers, "expect").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    String body = body(headers);
    return Optional.of(new Received(words[0], words[1], headers, body, nanos.getAsLong()));
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    int left = HEAD_LIMIT;
    for (String line = more(left); !line.isEmpty(); line = more(left)) {
      left -= line.length();
      String[] parts = line.split(":", 2);
      if (parts.length == 2) {
        headers
            .computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(parts[1].trim());
      }
    }
    return headers;
  }

  private String body(Map<String, List<String>> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (first(headers, "transfer-encoding").equalsIgnoreCase("chunked")) {
      for (long size = size(); size > 0; size = size()) {
        read(size, body);
        more(2);
      }
      while (!more(HEAD_LIMIT).isEmpty()) {
        // a trailer, which says nothing that is asked about
      }
    } else {
      String length = first(headers, "content-length");
      read(length.isEmpty() ? 0 : number(length, 10), body);
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private long size() throws IOException {
    return number(more(HEAD_LIMIT).split(";", 2)[0].trim(), HEXADECIMAL);
  }

  private static long number(String text, int radix) throws IOException {
    try {
      return Long.parseLong(text, radix);
    } catch (NumberFormatException wrong) {
      throw new IOException("not a length: " + text, wrong);
    }
  }

  private void read(long length, ByteArrayOutputStream body) throws IOException {
    for (long left = length; left > 0; ) {
      byte[] piece = in.readNBytes((int) Math.min(left, 8_192));
      if (piece.length == 0) {
        throw new EOFException("a request ended within its body");
      }
      body.write(piece, 0, Math.min(piece.length, BODY_LIMIT - body.size()));
      left -= piece.length;
    }
  }

  private String more(int limit) throws IOException {
    return line(limit).orElseThrow(() -> new EOFException("a request ended within its head"));
  }

  private Optional<String> line(int limit) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        return Optional.empty();
      }
      if (line.size() >= limit) {
        throw new IOException("a head is over 64 KiB");
      }
      line.write(read);
    }
    return Optional.of(line.toString(StandardCharsets.ISO_8859_1).stripTrailing());
  }

  private static String first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of("")).getFirst();
  }
}
