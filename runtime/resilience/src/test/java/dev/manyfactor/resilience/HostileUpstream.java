package dev.manyfactor.resilience;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A real server on a real port that treats each request as badly as it is told to: the n-th
/// request meets the n-th [Manner], the last one stays.
final class HostileUpstream implements AutoCloseable {
  private final ServerSocket server;
  private final List<Manner> manners;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch clientGone = new CountDownLatch(1);

  /// What happens to one request once it has been read; the connection ends if it throws.
  interface Manner {
    void treat(Received request, Socket connection) throws IOException;
  }

  /// One request as it came in; names of headers are in lower case.
  record Received(String line, Map<String, String> headers, String body) {}

  private HostileUpstream(ServerSocket server, List<Manner> manners) {
    this.server = server;
    this.manners = manners;
  }

  static HostileUpstream that(Manner... manners) {
    try {
      var upstream =
          new HostileUpstream(
              new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(manners));
      Thread.ofVirtual().start(upstream::accept);
      return upstream;
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /// Never says a word.
  static Manner staysSilent() {
    return (request, connection) -> waitUntilTheClientIsGone(connection);
  }

  static Manner answers(int status, String body, String... headers) {
    return (request, connection) -> write(connection, head(status, body.length(), headers) + body);
  }

  /// Sends the headers and half of the body.
  static Manner stallsInTheBody() {
    return (request, connection) -> {
      write(connection, head(200, 10) + "12345");
      waitUntilTheClientIsGone(connection);
    };
  }

  /// Sends the headers, then a byte every 20 ms without an end.
  static Manner drips() {
    return (request, connection) -> {
      write(connection, head(200, Integer.MAX_VALUE));
      for (; ; ) {
        write(connection, "x");
        pause();
      }
    };
  }

  /// Sends bytes as fast as they are read, without an end.
  static Manner neverEnds() {
    return (request, connection) -> {
      write(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "400\r\n" + "x".repeat(0x400) + "\r\n";
      for (; ; ) {
        write(connection, chunk);
      }
    };
  }

  /// Ends the connection with a reset before a byte of the answer.
  static Manner resets() {
    return (request, connection) -> {
      connection.setSoLinger(true, 0);
      connection.close();
      throw new IOException("reset");
    };
  }

  static Manner says(String anything) {
    return (request, connection) -> {
      write(connection, anything);
      throw new IOException("done");
    };
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  int connections() {
    return connections.get();
  }

  /// Whether the client has ended a connection on which it was still owed an answer.
  boolean isLeftByItsClient() throws InterruptedException {
    return clientGone.await(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void accept() {
    try {
      for (; ; ) {
        Socket connection = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket connection) {
    boolean owing = false;
    try (connection) {
      for (; ; ) {
        Received request = read(connection.getInputStream());
        received.add(request);
        owing = true;
        int turn = Math.min(received.size(), manners.size()) - 1;
        manners.get(turn).treat(request, connection);
        owing = false;
      }
    } catch (IOException ended) {
      if (owing) {
        clientGone.countDown();
      }
    }
  }

  private static Received read(InputStream in) throws IOException {
    String line = line(in);
    var headers = new TreeMap<String, String>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Received(line, headers, new String(in.readNBytes(length), ISO_8859_1));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the client is gone");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static String head(int status, int length, String... headers) {
    var head = new StringBuilder("HTTP/1.1 " + status + " Any\r\nContent-Length: " + length);
    for (String header : headers) {
      head.append("\r\n").append(header);
    }
    return head.append("\r\n\r\n").toString();
  }

  private static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(ISO_8859_1));
    connection.getOutputStream().flush();
  }

  private static void waitUntilTheClientIsGone(Socket connection) throws IOException {
    if (connection.getInputStream().read() < 0) {
      throw new IOException("the client is gone");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
