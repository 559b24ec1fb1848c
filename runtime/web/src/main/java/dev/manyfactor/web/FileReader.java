package dev.manyfactor.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads a body that is one file.
final class FileReader {
  private final BodySource source;

  FileReader(BodySource source) {
    this.source = source;
  }

  /// @throws Refused as [BodySource#drain], and with 503 if there is no room for the file
  Received.File read(String mediaType, long maxBytes) {
    return Spooling.into(scratch -> {
      var content = new PartContent.Spooled(scratch, maxBytes);
      source.drain(chunk -> add(content, chunk.getByteBuffer()));
      var upload = new Upload(Optional.empty(), mediaType, content.slice(), content.sha256());
      return new Received.File(upload, scratch);
    });
  }

  /// The source has counted already, so there is room.
  private static void add(PartContent content, ByteBuffer bytes) {
    try {
      content.add(bytes);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
