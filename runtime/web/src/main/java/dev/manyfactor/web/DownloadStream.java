package dev.manyfactor.web;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Where a [Download] is written: bytes go to the client as fast as it takes them, some 32 KiB at a
/// time.
///
/// Writing waits for the client, until the operation's deadline; then, or when the client is gone,
/// it fails, and so does every later attempt. Unlike other streams it throws nothing that must be
/// caught, so that it can be written to from within lambdas; let such an exception pass. Closing
/// does nothing. For one thread.
public final class DownloadStream extends OutputStream {
  private static final int SIZE = 32 * 1024;

  private final Outlet outlet;
  private final long most;
  private byte[] buffer = new byte[SIZE];
  private int filled;
  private long written;

  /// Where full buffers go.
  interface Outlet {
    /// Returns once they are taken.
    void send(ByteBuffer bytes);
  }

  /// @param most how many bytes are allowed
  DownloadStream(Outlet outlet, long most) {
    this.outlet = outlet;
    this.most = most;
  }

  @Override
  public void write(int next) {
    write(new byte[] {(byte) next}, 0, 1);
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > most - written) {
      throw new IllegalStateException(
          "the download says that it has %d bytes, but has more".formatted(most));
    }
    written += length;
    int at = offset;
    while (at < offset + length) {
      if (filled == buffer.length) {
        flush();
      }
      int some = Math.min(offset + length - at, buffer.length - filled);
      System.arraycopy(bytes, at, buffer, filled, some);
      filled += some;
      at += some;
    }
  }

  /// Writes a text in UTF-8.
  public void text(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends what has been written so far.
  @Override
  public void flush() {
    if (filled > 0) {
      ByteBuffer full = ByteBuffer.wrap(buffer, 0, filled);
      filled = 0;
      outlet.send(full);
    }
  }

  /// Does nothing: the download ends when its writer returns.
  @Override
  public void close() {
    // a writer around this stream may be closed, and should be
  }

  long written() {
    return written;
  }

  /// What is left to be sent.
  ByteBuffer rest() {
    return ByteBuffer.wrap(buffer, 0, filled);
  }
}
