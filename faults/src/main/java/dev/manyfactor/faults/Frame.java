package dev.manyfactor.faults;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One message of PostgreSQL's protocol 3, of which the beginning is in memory and the rest still
/// has to be read.
final class Frame {
  private static final int LENGTH = 4;
  private static final int HEAD = 4 * 1024;
  private static final int LONGEST_STARTUP = 10_000; // what the server itself allows
  private static final int PIECE = 8 * 1024;

  private final byte type;
  private final int length;
  private final byte[] head;

  /// @param type its first byte; 0 for the first message of a session, which has none
  /// @param length of the whole but for the type, as it says itself
  /// @param head the first bytes after the length
  private Frame(byte type, int length, byte[] head) {
    this.type = type;
    this.length = length;
    this.head = head;
  }

  /// Reads the beginning of the next message.
  ///
  /// @throws EOFException when there is none
  static Frame read(DataInputStream in) throws IOException {
    return body(in.readByte(), in, Integer.MAX_VALUE);
  }

  /// The same for the first message of a session.
  static Frame readStartup(DataInputStream in) throws IOException {
    return body((byte) 0, in, LONGEST_STARTUP);
  }

  static Frame empty(char type) {
    return new Frame((byte) type, LENGTH, new byte[0]);
  }

  private static Frame body(byte type, DataInputStream in, int longest) throws IOException {
    int length = in.readInt();
    if (length < LENGTH || length > longest) {
      throw new IOException("a message of PostgreSQL's protocol cannot have length " + length);
    }
    byte[] head = in.readNBytes(Math.min(length - LENGTH, type == 0 ? longest : HEAD));
    if (head.length < Math.min(length - LENGTH, HEAD)) {
      throw new EOFException("a message ends in its middle");
    }
    return new Frame(type, length, head);
  }

  /// Writes it, reading what is left of it.
  void write(DataInputStream in, OutputStream out) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(1 + LENGTH);
    if (type != 0) {
      start.put(type);
    }
    out.write(start.putInt(length).array(), 0, start.position());
    out.write(head);
    byte[] piece = new byte[PIECE];
    for (int left = rest(); left > 0; ) {
      int count = in.read(piece, 0, Math.min(left, PIECE));
      if (count < 0) {
        throw new EOFException("a message ends in its middle");
      }
      out.write(piece, 0, count);
      left -= count;
    }
  }

  byte type() {
    return type;
  }

  /// Whether its first byte after the length is this one.
  boolean begins(char first) {
    return head.length > 0 && head[0] == first;
  }

  /// Whether there is another text at a place of the head.
  boolean hasText(int at) {
    return at < head.length && head[at] != 0;
  }

  private int rest() {
    return length - LENGTH - head.length;
  }

  int number(int at) {
    return head.length < at + Integer.BYTES ? 0 : ByteBuffer.wrap(head).getInt(at);
  }

  /// The text that begins at a place of the head and ends with a zero, or with the head.
  String text(int at) {
    int end = at;
    while (end < head.length && head[end] != 0) {
      end++;
    }
    return at > head.length ? "" : new String(head, at, end - at, StandardCharsets.UTF_8);
  }

  /// The place behind the text that begins there.
  int behindText(int at) {
    int end = at;
    while (end < head.length && head[end] != 0) {
      end++;
    }
    return end + 1;
  }
}
