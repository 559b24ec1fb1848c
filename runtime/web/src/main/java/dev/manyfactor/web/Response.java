package dev.manyfactor.web;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An answer: status, headers and body, complete before the first byte is sent, but for a
/// [Download].
///
/// Immutable; the body's array is not copied and must not be changed.
public final class Response {
  static final String CONTENT_TYPE = "Content-Type";
  private static final byte[] NO_BODY = {};
  private static final Map<String, String> JSON = Map.of(CONTENT_TYPE, "application/json");
  private static final Map<String, String> PROBLEM =
      Map.of(CONTENT_TYPE, "application/problem+json");

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Source source;

  /// What a body comes from, if it is known.
  ///
  /// @param codec what has written it
  /// @param download what writes it while it is sent
  private record Source(@Nullable Codec<?> codec, @Nullable Download download) {
    private static final Source NONE = new Source(null, null);

    private static Source of(Codec<?> codec) {
      return new Source(codec, null);
    }

    private static Source of(Download download) {
      return new Source(null, download);
    }
  }

  /// An answer of any kind.
  ///
  /// @param status 200 to 599
  /// @param headers one value per name, names in their usual spelling
  /// @param body empty for none
  /// @throws IllegalArgumentException for another status, or for a body with 204 or 304, which have
  ///   none
  public Response(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, Source.NONE);
  }

  private Response(int status, Map<String, String> headers, byte[] body, Source source) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(
          "a response's status must be 200 to 599, but is " + status);
    }
    if (body.length > 0 && !mayHaveBody(status)) {
      throw new IllegalArgumentException(
          "a response of status "
              + status
              + " has no body, but this one has "
              + body.length
              + " bytes");
    }
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.source = source;
  }

  /// An answer with a JSON body.
  ///
  /// @throws IllegalArgumentException if the value breaks a rule of its contract
  public static <T> Response json(int status, Codec<T> codec, T value) {
    return new Response(status, JSON, Json.bytes(codec, value), Source.of(codec));
  }

  /// An answer with a body of another media type.
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of(), body).header(CONTENT_TYPE, contentType);
  }

  /// An answer whose body is made while it is sent.
  ///
  /// @param mediaType what the contract promises
  /// @throws IllegalStateException if the download is of another media type: a bug of the handler
  public static Response download(int status, String mediaType, Download download) {
    if (!MediaTypes.essence(download.mediaType()).equals(mediaType)) {
      throw new IllegalStateException(
          "this outcome is %s in the contract, but its download is %s"
              .formatted(mediaType, download.mediaType()));
    }
    return new Response(status, download.headers(), NO_BODY, Source.of(download));
  }

  /// An answer without a body.
  public static Response empty(int status) {
    return new Response(status, Map.of(), NO_BODY);
  }

  /// An answer that reports a problem; carries the trace id of the current span.
  public static Response problem(Problem problem) {
    return new Response(problem.status(), PROBLEM, ProblemBody.of(problem));
  }

  /// The same for generated code, which knows the status that the contract gives this outcome.
  ///
  /// @throws IllegalStateException if the problem has another status: a bug of the handler
  public static Response problem(int status, Problem problem) {
    if (problem.status() != status) {
      throw new IllegalStateException(
          "this outcome has status %d in the contract, but its problem %s has %d"
              .formatted(status, problem.type(), problem.status()));
    }
    return problem(problem);
  }

  /// The same answer with one more header, or with this value instead of the former one.
  ///
  /// @throws IllegalArgumentException if the value has a character that no header may carry
  public Response header(String name, String value) {
    if (!isFieldContent(value)) {
      throw new IllegalArgumentException(
          "the value of the header " + name + " must be visible ASCII, spaces and tabs");
    }
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body, source);
  }

  /// The same answer with one more header, if there is a value for it.
  public Response header(String name, Optional<String> value) {
    return value.map(present -> header(name, present)).orElse(this);
  }

  /// Holds for the characters of RFC 9110, section 5.5, without `obs-text`; so nothing that could
  /// end the header and begin another one.
  private static boolean isFieldContent(String value) {
    return value.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t');
  }

  /// Whether HTTP allows a body with this status.
  static boolean mayHaveBody(int status) {
    return status != 204 && status != 304;
  }

  /// The status code.
  public int status() {
    return status;
  }

  /// The headers, one value per name.
  public Map<String, String> headers() {
    return headers;
  }

  /// What makes the body while it is sent; empty for a body that is complete.
  Optional<Download> download() {
    return Optional.ofNullable(source.download());
  }

  /// The same answer with these headers instead.
  Response withHeaders(Map<String, String> others) {
    return new Response(status, others, body, source);
  }

  /// The same answer, which is complete.
  ///
  /// @throws IllegalStateException if its body is made while it is sent
  Response mustBeComplete() {
    if (source.download() != null) {
      throw new IllegalStateException(
          "an operation that writes cannot answer with a download, since its answer is kept before"
              + " it is sent; answer with a Location, from which the download is got");
    }
    return this;
  }

  /// The body; empty for none.
  public byte[] body() {
    return body;
  }

  /// What has written the body, if it is known.
  Optional<Codec<?>> codec() {
    return Optional.ofNullable(source.codec());
  }
}
