package dev.manyfactor.web;

import dev.manyfactor.json.Bytes;
import java.io.InputStream;
import java.util.Optional;

/// A file that came with a request: all of it has arrived and lies in scratch, not in memory.
///
/// There until the request is answered, and gone after that, whatever happens: what is to stay is
/// copied by the handler. Any thread may read it, several times and at the same time.
///
/// ~~~java
/// try (InputStream bytes = file.open()) {
///   shelf.put(file.sha256(), bytes);
/// }
/// ~~~
public final class Upload {
  private final Optional<String> fileName;
  private final String mediaType;
  private final Scratch.Slice content;
  private final Bytes sha256;

  Upload(Optional<String> fileName, String mediaType, Scratch.Slice content, Bytes sha256) {
    this.fileName = fileName;
    this.mediaType = mediaType;
    this.content = content;
    this.sha256 = sha256;
  }

  /// What the client calls it, without any folder: at most 255 characters, none of them a control
  /// character. Not to be trusted: it may be anything else, and two files may have the same.
  public Optional<String> fileName() {
    return fileName;
  }

  /// What the client says it is, such as `image/png`: one of the types that the contract allows.
  /// Nobody has looked whether it is true.
  public String mediaType() {
    return mediaType;
  }

  /// How many bytes it has: 0 or more, and at most what the contract allows.
  public long size() {
    return content.size();
  }

  /// The SHA-256 of its bytes.
  public Bytes sha256() {
    return sha256;
  }

  /// Its bytes, from the first one. The stream holds nothing, so closing it is a formality; reading
  /// it after the request was answered fails with an `IOException`.
  public InputStream open() {
    return content.open();
  }

  @Override
  public String toString() {
    return "Upload[" + mediaType + ", " + size() + " bytes]";
  }
}
