package dev.manyfactor.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A body that is made while it is sent, so that it needs no memory however large it is.
///
/// In an operation that reads, it is made inside the transaction, which a slow client therefore
/// keeps open: until the operation's deadline and no longer. A failure after the first bytes breaks
/// the connection, since nothing else could tell the client that they are not all. Immutable; used
/// once.
///
/// ~~~java
/// Download.of("text/csv", out -> read.sql(ALL).each(Account.class, row -> out.text(line(row))))
///     .named("accounts.csv");
/// ~~~
public final class Download {
  private final String mediaType;
  private final Writer writer;
  private final Optional<Long> length;
  private final Optional<String> fileName;

  private Download(
      String mediaType, Writer writer, Optional<Long> length, Optional<String> fileName) {
    this.mediaType = mediaType;
    this.writer = writer;
    this.length = length;
    this.fileName = fileName;
  }

  /// Makes the body.
  @FunctionalInterface
  public interface Writer {
    /// Writes all of it; called once, on the request's thread.
    ///
    /// @throws IOException if what it is made of cannot be read
    void write(DownloadStream out) throws IOException;
  }

  /// Where the bytes are.
  @FunctionalInterface
  public interface Source {
    /// The bytes from the first one; closed by whoever asked.
    ///
    /// @throws IOException if they are not there
    InputStream open() throws IOException;
  }

  /// What `writer` writes.
  ///
  /// @param mediaType such as `application/pdf` or `text/csv; charset=utf-8`
  public static Download of(String mediaType, Writer writer) {
    return new Download(mediaType, writer, Optional.empty(), Optional.empty());
  }

  /// What `source` has.
  public static Download from(String mediaType, Source source) {
    return of(
        mediaType,
        out -> {
          try (InputStream in = source.open()) {
            in.transferTo(out);
          }
        });
  }

  /// The same with a length that is known before, in bytes: clients can show how far they are. A
  /// body of any other length is a failure.
  public Download length(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a length must be 0 or more, but is " + bytes);
    }
    return new Download(mediaType, writer, Optional.of(bytes), fileName);
  }

  /// The same, to be kept by the client under this name and not shown (`Content-Disposition:
  /// attachment`, RFC 6266).
  ///
  /// @param name in any language, without control characters
  public Download named(String name) {
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the name of a download must be visible and without control characters");
    }
    return new Download(mediaType, writer, length, Optional.of(name));
  }

  /// What it is.
  public String mediaType() {
    return mediaType;
  }

  /// How long it is, if that is known.
  public Optional<Long> length() {
    return length;
  }

  /// Under which name the client may keep it.
  public Optional<String> fileName() {
    return fileName;
  }

  Writer writer() {
    return writer;
  }

  /// The headers that say all this. Browsers do not guess another type from the content.
  Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    headers.put(Response.CONTENT_TYPE, mediaType);
    headers.put("X-Content-Type-Options", "nosniff");
    fileName.ifPresent(name -> headers.put("Content-Disposition", attachment(name)));
    return headers;
  }

  /// Both forms of RFC 6266: a name in ASCII for old clients, then the true one.
  private static String attachment(String name) {
    var plain = new StringBuilder();
    name.codePoints()
        .map(point -> point < 0x7f && point != '"' && point != '\\' && point != '%' ? point : '_')
        .forEach(plain::appendCodePoint);
    String quoted = "attachment; filename=\"" + plain + '"';
    return name.contentEquals(plain) ? quoted : quoted + "; filename*=UTF-8''" + extended(name);
  }

  /// The value of RFC 8187: all but its `attr-char` percent-encoded.
  private static String extended(String name) {
    var encoded = new StringBuilder();
    for (byte next : name.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (next & 0xff);
      boolean isPlain =
          character < 0x7f
              && (Character.isLetterOrDigit(character) || "!#$&+-.^_`|~".indexOf(character) >= 0);
      encoded.append(isPlain ? String.valueOf(character) : "%%%02X".formatted((int) character));
    }
    return encoded.toString();
  }
}
