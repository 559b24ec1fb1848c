package dev.manyfactor.web;

import dev.manyfactor.json.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The content of a part, or of a body that is a file, while it arrives: counted and digested.
abstract sealed class PartContent {
  private final long maxBytes;
  private final Sha256 digest = new Sha256();
  private long size;

  private PartContent(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Takes the bytes in; they stay where they are.
  ///
  /// @return whether there is room: false once it is larger than allowed
  /// @throws IOException if scratch takes no more
  boolean add(ByteBuffer bytes) throws IOException {
    size += bytes.remaining();
    if (size > maxBytes) {
      return false;
    }
    digest.update(bytes);
    keep(bytes);
    return true;
  }

  long maxBytes() {
    return maxBytes;
  }

  long size() {
    return size;
  }

  Bytes sha256() {
    return digest.end();
  }

  abstract void keep(ByteBuffer bytes) throws IOException;

  abstract ReceivedPart.Content end();

  /// Held in memory.
  static final class Held extends PartContent {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(64);

    Held(long maxBytes) {
      super(maxBytes);
    }

    @Override
    void keep(ByteBuffer bytes) {
      Buffers.copy(bytes, held);
    }

    @Override
    ReceivedPart.Content end() {
      return new ReceivedPart.Content.Held(held.toByteArray());
    }
  }

  /// Written to scratch, where nothing else is written meanwhile.
  static final class Spooled extends PartContent {
    private final Scratch scratch;
    private final long from;

    Spooled(Scratch scratch, long maxBytes) {
      super(maxBytes);
      this.scratch = scratch;
      this.from = scratch.size();
    }

    @Override
    void keep(ByteBuffer bytes) throws IOException {
      scratch.append(bytes.duplicate());
    }

    @Override
    ReceivedPart.Content.Spooled end() {
      return new ReceivedPart.Content.Spooled(slice());
    }

    Scratch.Slice slice() {
      return new Scratch.Slice(scratch, from, size());
    }
  }

  /// Counted, and nothing else: what must not be there, and is told.
  static final class Dropped extends PartContent {
    Dropped() {
      super(Long.MAX_VALUE);
    }

    @Override
    void keep(ByteBuffer bytes) {
      // nobody will want it
    }

    @Override
    ReceivedPart.Content end() {
      return new ReceivedPart.Content.Held(new byte[0]);
    }
  }
}
