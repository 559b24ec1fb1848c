package dev.manyfactor.benchmarks.drain;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// One HTTP/1.1 connection of a caller that hides nothing: an end, a reset and a refusal are
/// failures here, and nothing is sent twice. For one thread at a time.
final class Connection implements AutoCloseable {
  private static final int CONNECT_MILLIS = 30_000;
  private static final int SILENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private long usedAt;

  /// @throws java.net.ConnectException if nobody listens
  Connection(int port) throws IOException {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /// Sends a request, its last bytes after a pause, and reads the answer.
  Reply ask(byte[] request, Duration pause, long now) throws IOException, InterruptedException {
    usedAt = now;
    int first = pause.isZero() ? request.length : request.length - 1;
    socket.getOutputStream().write(request, 0, first);
    if (!pause.isZero()) {
      Thread.sleep(pause);
      socket.getOutputStream().write(request, first, 1);
    }
    return read();
  }

  /// How long it has not been used.
  Duration idle(long now) {
    return Duration.ofNanos(now - usedAt);
  }

  private Reply read() throws IOException {
    String status = line();
    int length = 0;
    boolean closes = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String field = line.toLowerCase(Locale.ROOT);
      if (field.startsWith("content-length:")) {
        length = Integer.parseInt(field.substring("content-length:".length()).strip());
      }
      closes |= field.startsWith("connection:") && field.contains("close");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the connection ended in the body of: " + status);
    }
    int code = Integer.parseInt(status, 9, 12, 10);
    return new Reply(code, closes, new String(body, StandardCharsets.UTF_8));
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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
