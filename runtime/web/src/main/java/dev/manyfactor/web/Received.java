package dev.manyfactor.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The body of a request once all of it is there.
sealed interface Received extends AutoCloseable {
  Received NOTHING = new Document(new byte[0]);

  /// Whether there is none.
  boolean isAbsent();

  /// What makes it the same body when it comes again.
  byte[] identity();

  /// What of the header `Content-Type` is part of that.
  String mediaType(String contentType);

  /// Lets go of what is kept outside of memory.
  @Override
  void close();

  /// A document in memory.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Document(byte[] bytes) implements Received {
    @Override
    public boolean isAbsent() {
      return bytes.length == 0;
    }

    @Override
    public byte[] identity() {
      return bytes;
    }

    @Override
    public String mediaType(String contentType) {
      return contentType;
    }

    @Override
    public void close() {
      // only memory
    }
  }

  /// One file.
  record File(Upload upload, Scratch scratch) implements Received {
    @Override
    public boolean isAbsent() {
      return false;
    }

    @Override
    public byte[] identity() {
      return upload.sha256().toArray();
    }

    @Override
    public String mediaType(String contentType) {
      return upload.mediaType();
    }

    @Override
    public void close() {
      scratch.close();
    }
  }

  /// The parts of a form, in their order, and what is wrong with them.
  record Form(List<ReceivedPart> parts, List<PartFault> faults, Scratch scratch)
      implements Received {
    @Override
    public boolean isAbsent() {
      return false;
    }

    /// Over names and contents: the boundary between them, which clients make up anew each time, is
    /// no part of it.
    @Override
    public byte[] identity() {
      var digest = new Sha256();
      for (ReceivedPart part : parts) {
        digest.add(part.name().getBytes(StandardCharsets.UTF_8));
        digest.add(part.fileName().orElse("").getBytes(StandardCharsets.UTF_8));
        digest.add(part.mediaType().getBytes(StandardCharsets.UTF_8));
        digest.add(part.sha256().toArray());
      }
      return digest.end().toArray();
    }

    @Override
    public String mediaType(String contentType) {
      return MediaTypes.essence(contentType);
    }

    @Override
    public void close() {
      scratch.close();
    }
  }
}
