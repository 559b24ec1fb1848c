package dev.manyfactor.web;

import dev.manyfactor.context.Deadline;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.server.Request;

/// Reads the body of one request, at most so large and so long, before anything else is done for
/// it: a document into memory, files into scratch.
///
/// Memory grows with the document that has arrived, never with what was announced, and not at all
/// with files.
final class BodyReader {
  private static final int FIRST_BUFFER = 16 * 1024;
  private static final int LONGEST_BOUNDARY = 70;
  private static final String FORM = "multipart/form-data";

  private final Request request;
  private final BodyRule rule;
  private final BodySource source;

  BodyReader(Request request, BodyRule rule, Deadline deadline) {
    this.request = request;
    this.rule = rule;
    this.source = new BodySource(request, rule.maxBytes(), deadline);
  }

  /// The whole body, to be closed once the request is answered.
  ///
  /// @throws Refused with 400 for a body that must not be, or that is broken off; 408 if it is too
  ///   slow, 413 if it is too large, 415 if it is of another type, 503 if there is no room for it
  Received read() {
    HttpFields headers = request.getHeaders();
    long announced = Content.length(headers).orElse(-1L);
    boolean isEmptyFile =
        rule instanceof BodyRule.File && headers.contains(HttpHeader.CONTENT_TYPE);
    if (announced == 0 && !isEmptyFile) {
      return Received.NOTHING;
    }
    return switch (rule) {
      case BodyRule.None() -> throw notExpected();
      case BodyRule.Json _ -> {
        checkCoding(headers);
        checkJson(headers);
        checkLength(announced);
        yield document(announced);
      }
      case BodyRule.File file -> {
        checkCoding(headers);
        String mediaType = checkFile(headers, file);
        checkLength(announced);
        yield new FileReader(source).read(mediaType, file.maxBytes());
      }
      case BodyRule.Form form -> {
        checkCoding(headers);
        String boundary = checkForm(headers);
        checkLength(announced);
        yield new FormReader(source, form).read(boundary);
      }
    };
  }

  private static void checkCoding(HttpFields headers) {
    if (Content.isCoded(headers)) {
      throw Fault.UNSUPPORTED_MEDIA_TYPE
          .refused("send the body as it is, without Content-Encoding")
          .with("Accept-Encoding", "identity");
    }
  }

  private static void checkJson(HttpFields headers) {
    if (!Content.isJson(headers)) {
      throw otherType("application/json, and the body in UTF-8", "application/json");
    }
  }

  private static String checkFile(HttpFields headers, BodyRule.File file) {
    String mediaType = contentType(headers).map(MediaTypes::essence).orElse("");
    if (!MediaTypes.isWellFormed(mediaType) || !MediaTypes.allows(file.mediaTypes(), mediaType)) {
      List<String> types = file.mediaTypes().stream().sorted().toList();
      throw otherType(String.join(" or ", types), String.join(", ", types));
    }
    return mediaType;
  }

  private static String checkForm(HttpFields headers) {
    return contentType(headers)
        .filter(type -> MediaTypes.essence(type).equals(FORM))
        .flatMap(type -> Optional.ofNullable(MultiPart.extractBoundary(type)))
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_BOUNDARY)
        .orElseThrow(() ->
            otherType(FORM + " with a boundary of 1 to " + LONGEST_BOUNDARY + " characters", FORM));
  }

  private static Optional<String> contentType(HttpFields headers) {
    return Optional.ofNullable(headers.get(HttpHeader.CONTENT_TYPE));
  }

  private void checkLength(long announced) {
    if (announced > rule.maxBytes()) {
      throw BodySource.tooLarge(rule.maxBytes());
    }
  }

  private Received document(long announced) {
    int first = announced < 0 ? 1024 : (int) Math.min(announced, FIRST_BUFFER);
    var bytes = new ByteArrayOutputStream(first);
    source.drain(chunk -> Buffers.copy(chunk.getByteBuffer(), bytes));
    return new Received.Document(bytes.toByteArray());
  }

  private static Refused notExpected() {
    return BodySource.closing(Fault.BODY_NOT_EXPECTED.refused("the operation takes no body"));
  }

  private static Refused otherType(String expected, String accepted) {
    return Fault.UNSUPPORTED_MEDIA_TYPE
        .refused("send the header Content-Type: " + expected)
        .with("Accept", accepted);
  }
}
