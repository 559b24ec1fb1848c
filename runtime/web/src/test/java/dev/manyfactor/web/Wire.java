package dev.manyfactor.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that sends exactly the bytes it is told to, over one connection.
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// One response. Header names are in lower case.
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    boolean closes() {
      return header("connection").equals("close");
    }
  }

  /// Sends a text, one byte per character.
  Wire send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /// Sends a text; a server that has closed the connection meanwhile is no failure.
  boolean trySend(String bytes) throws IOException {
    try {
      send(bytes);
      return true;
    } catch (SocketException closed) {
      return false;
    }
  }

  Wire endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Ends the output; a server that has closed the connection meanwhile is no failure.
  void tryEndOutput() throws IOException {
    try {
      endOutput();
    } catch (SocketException closed) {
      // what it has sent before can still be read
    }
  }

  /// The next response to a request that was no `HEAD`.
  Answer read() throws IOException {
    return read(true);
  }

  Answer readHead() throws IOException {
    return read(false);
  }

  /// The body of the response whose head was read last, as it came.
  byte[] bodyOf(Answer head) throws IOException {
    return in.readNBytes(Integer.parseInt(head.header("content-length")));
  }

  private Answer read(boolean withBody) throws IOException {
    String statusLine = line();
    if (!statusLine.startsWith("HTTP/1.")) {
      throw new IOException("no status line but: '" + statusLine + "'");
    }
    var headers = new TreeMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    byte[] body = withBody ? body(headers) : new byte[0];
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    var body = new ByteArrayOutputStream();
    int size;
    do {
      size = Integer.parseInt(line(), 16);
      body.writeBytes(bytes(size));
      line();
    } while (size > 0);
    return body.toByteArray();
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the connection ended after " + bytes.length + " of " + length);
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended after: '" + line + "'");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /// Whether the server ends the connection without another byte, within the patience of a test.
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  /// Reads until the server ends the connection.
  ///
  /// @return how many bytes that were
  long readAndCount() throws IOException {
    return in.transferTo(OutputStream.nullOutputStream());
  }

  /// Reads until the server ends the connection; whether it did so by a reset.
  boolean isReset() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  /// Whether a byte comes within so long; the byte stays to be read.
  boolean hasAnswerWithin(Duration patience) throws IOException {
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    in.mark(1);
    try {
      return in.read() >= 0;
    } catch (SocketTimeoutException | SocketException silent) {
      return false;
    } finally {
      in.reset();
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
