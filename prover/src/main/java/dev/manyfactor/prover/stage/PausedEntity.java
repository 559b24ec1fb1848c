package dev.manyfactor.prover.stage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/// A body of known length that pauses when half of it has been sent.
final class PausedEntity extends AbstractHttpEntity {
  private final byte[] content;
  private final Break pause;

  PausedEntity(String text, Break pause) {
    this(text.getBytes(StandardCharsets.UTF_8), pause);
  }

  private PausedEntity(byte[] content, Break pause) {
    super(ContentType.APPLICATION_JSON, null);
    this.content = content;
    this.pause = pause;
  }

  /// What happens between the halves.
  @FunctionalInterface
  interface Break {
    /// Returns when the second half is to be sent.
    void take() throws InterruptedException;
  }

  /// What happens between the halves on a connection.
  @FunctionalInterface
  interface Pause {
    /// Returns when the second half is to be sent.
    ///
    /// @param hasCome asks whether the other end has answered, closed or reset; only to be asked by
    ///   this thread
    void take(BooleanSupplier hasCome) throws InterruptedException;
  }

  @Override
  public long getContentLength() {
    return content.length;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(content);
  }

  @Override
  public void close() {}

  @Override
  public void writeTo(OutputStream out) throws IOException {
    int half = content.length / 2;
    out.write(Arrays.copyOf(content, half));
    out.flush();
    try {
      pause.take();
    } catch (InterruptedException dropped) {
      throw new InterruptedIOException("dropped");
    }
    out.write(content, half, content.length - half);
  }
}
