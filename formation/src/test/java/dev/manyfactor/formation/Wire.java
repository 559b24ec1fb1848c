package dev.manyfactor.formation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Bytes on a connection, as they are.
final class Wire {
  private static final int PATIENCE_MILLIS = 30_000;

  private Wire() {}

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(Ports.loopback(), port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /// Sends `text` and reads all that comes back until the other side closes.
  static String exchange(int port, String text) throws IOException {
    try (Socket socket = connect(port)) {
      send(socket, text);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /// Reads up to and including `end`, or what there is when the other side closes.
  static String until(Socket socket, String end) throws IOException {
    InputStream input = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int next = input.read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }

  /// A server that writes down what it gets and answers each head with the same bytes.
  static final class Recorder implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final String answer;

    Recorder(String answer) throws IOException {
      this.answer = answer;
      this.server = new ServerSocket(Ports.free(), 50, Ports.loopback());
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return server.getLocalPort();
    }

    /// Each request's head, and its body as far as `Content-Length` says.
    List<String> requests() {
      return heads;
    }

    private void serve() {
      while (!server.isClosed()) {
        try {
          Socket socket = server.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        String head = until(socket, "\r\n\r\n");
        while (!head.isEmpty()) {
          heads.add(head + body(socket, head));
          send(socket, answer);
          if (answer.contains("Connection: close") || answer.isEmpty()) {
            return;
          }
          head = until(socket, "\r\n\r\n");
        }
      } catch (IOException gone) {
        // the test is over
      }
    }

    private static String body(Socket socket, String head) throws IOException {
      int at = head.indexOf("\r\nContent-Length: ");
      if (at < 0) {
        return head.contains("\r\nTransfer-Encoding: chunked\r\n")
            ? until(socket, "0\r\n\r\n")
            : "";
      }
      int from = at + "\r\nContent-Length: ".length();
      int length = Integer.parseInt(head.substring(from, head.indexOf("\r\n", from)));
      return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
      try {
        server.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
