package dev.manyfactor.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection that stays open, with at most one request on its way. Belongs to one thread.
final class Wire implements AutoCloseable {
  private static final int LARGEST = 64 * 1024;
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String LENGTH = "\r\ncontent-length: ";

  private final SocketChannel channel;
  private final Requests requests;
  private final ByteBuffer answer = ByteBuffer.allocate(LARGEST);
  private long sentAt;

  private Wire(SocketChannel channel, Requests requests) {
    this.channel = channel;
    this.requests = requests;
  }

  /// Connects, and has the selector tell what arrives.
  static Wire open(int port, Requests requests, Selector selector) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    var wire = new Wire(channel, requests);
    channel.register(selector, SelectionKey.OP_READ, wire);
    return wire;
  }

  /// Sends the next request.
  void send(long now) throws IOException {
    sentAt = now;
    ByteBuffer request = requests.next();
    while (request.hasRemaining()) { // smaller than any socket's buffer, so this does not spin
      channel.write(request);
    }
  }

  /// Takes what has arrived.
  ///
  /// @return whether the answer is complete
  /// @throws UnexpectedAnswer if it has another status than the one expected
  boolean receive() throws IOException {
    if (channel.read(answer) < 0) {
      throw new UnexpectedAnswer("the server closed the connection");
    }
    String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END_OF_HEAD);
    if (end < 0 || text.length() < end + END_OF_HEAD.length() + bodyLength(text, end)) {
      return false;
    }
    if (Integer.parseInt(text, 9, 12, 10) != requests.status()) {
      throw new UnexpectedAnswer(requests.status() + " was expected, not: " + text);
    }
    answer.clear();
    return true;
  }

  long sentAt() {
    return sentAt;
  }

  private static int bodyLength(String text, int end) {
    int at = text.substring(0, end).toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      throw new UnexpectedAnswer("there is no Content-Length in: " + text);
    }
    int begin = at + LENGTH.length();
    return Integer.parseInt(text, begin, text.indexOf('\r', begin), 10);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
