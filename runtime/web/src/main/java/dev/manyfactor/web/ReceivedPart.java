package dev.manyfactor.web;

import dev.manyfactor.json.Bytes;
import java.util.Optional;

/// One part of a form that the contract knows.
///
/// @param mediaType what the client says it is
/// @param sha256 of its content
/// @param content in memory, or in scratch
record ReceivedPart(
    String name, Optional<String> fileName, String mediaType, Bytes sha256, Content content) {

  /// Where the bytes are.
  sealed interface Content {
    /// In memory.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(byte[] bytes) implements Content {}

    /// In scratch.
    record Spooled(Scratch.Slice slice) implements Content {}
  }

  /// The bytes of a part that is held in memory; none for a file.
  byte[] bytes() {
    return content instanceof Content.Held held ? held.bytes() : new byte[0];
  }

  /// The part as a file; empty for one that is held in memory.
  Optional<Upload> upload() {
    return content instanceof Content.Spooled(var slice)
        ? Optional.of(new Upload(fileName, mediaType, slice, sha256))
        : Optional.empty();
  }
}
