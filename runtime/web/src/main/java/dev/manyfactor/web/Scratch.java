package dev.manyfactor.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the files of one request lie while it is answered: one file of the process's own, made
/// when the first byte comes.
///
/// It has no name any more once it is open (on Unix a file is deleted before it is closed), so
/// nothing is left behind, not even by `kill -9`. Only this user may read it. Written by one
/// thread, then read by any.
final class Scratch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  private @Nullable FileChannel file;
  private long size;

  /// Some of the bytes.
  ///
  /// @param from the position of the first one
  record Slice(Scratch scratch, long from, long size) {
    InputStream open() {
      return new SliceStream(this);
    }
  }

  /// Adds all that remains in `bytes`.
  ///
  /// @throws IOException if there is no room for them, or no folder for temporary files
  void append(ByteBuffer bytes) throws IOException {
    FileChannel open = file;
    if (open == null) {
      open = opened(Files.createTempFile("manyfactor-", ".upload")); // for this user only
      file = open;
    }
    while (bytes.hasRemaining()) {
      size += open.write(bytes, size);
    }
  }

  private static FileChannel opened(Path path) throws IOException {
    try {
      return FileChannel.open(
          path,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException failure) {
      Files.deleteIfExists(path);
      throw failure;
    }
  }

  /// How many bytes there are.
  long size() {
    return size;
  }

  private int read(ByteBuffer bytes, long position) throws IOException {
    FileChannel open = file;
    if (open == null) {
      return -1;
    }
    try {
      return open.read(bytes, position);
    } catch (ClosedChannelException gone) {
      throw new IOException(
          "the upload is gone: it is kept until its request is answered; read it before", gone);
    }
  }

  /// What was in it is gone. A failure changes nothing for the request, which has been answered.
  @Override
  public void close() {
    FileChannel open = file;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException failure) {
      LOG.warn("an upload was not closed", failure);
    }
  }

  /// Reads a slice from its beginning.
  private static final class SliceStream extends InputStream {
    private final Slice slice;
    private long position;

    SliceStream(Slice slice) {
      this.slice = slice;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      int most = (int) Math.min(length, slice.size() - position);
      if (length == 0) {
        return 0;
      }
      if (most == 0) {
        return -1;
      }
      int count =
          slice
              .scratch()
              .read(ByteBuffer.wrap(bytes, offset, most), Math.addExact(slice.from(), position));
      position += Math.max(0, count);
      return count;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, slice.size() - position);
    }
  }
}
