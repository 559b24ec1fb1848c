package dev.manyfactor.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Copying out of buffers that belong to the server.
final class Buffers {
  private Buffers() {}

  /// Adds what remains in `from`.
  static void copy(ByteBuffer from, ByteArrayOutputStream to) {
    if (from.hasArray()) {
      to.write(from.array(), from.arrayOffset() + from.position(), from.remaining());
    } else {
      byte[] copy = new byte[from.remaining()];
      from.duplicate().get(copy);
      to.writeBytes(copy);
    }
  }
}
