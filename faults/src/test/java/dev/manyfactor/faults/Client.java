package dev.manyfactor.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A client of the machine's own TCP, with a bound on every wait.
final class Client implements AutoCloseable {
  /// Longer than any answer takes that comes at all.
  static final int PATIENCE_MILLIS = 20_000;

  /// Long enough to see that nothing comes.
  static final int SILENCE_MILLIS = 300;

  final Socket socket = new Socket();

  /// Connects within the first attempt of the system: the second comes after a second.
  Client(int port) throws IOException {
    this(port, 900);
  }

  Client(int port, int millis) throws IOException {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Client says(String text) throws IOException {
    socket.getOutputStream().write(bytes(text));
    return this;
  }

  /// The next bytes, as many as are asked for.
  String hears(int count) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
  }

  /// What the next read says: a byte, an end, a reset, or nothing.
  String next(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      int read = socket.getInputStream().read();
      return read < 0 ? "end" : String.valueOf((char) read);
    } catch (SocketTimeoutException silence) {
      return "silence";
    } catch (SocketException reset) {
      return "reset";
    }
  }

  String next() throws IOException {
    return next(PATIENCE_MILLIS);
  }

  boolean isSilent() throws IOException {
    return next(SILENCE_MILLIS).equals("silence");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
