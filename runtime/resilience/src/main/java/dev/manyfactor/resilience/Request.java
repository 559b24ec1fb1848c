package dev.manyfactor.resilience;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// One call in the making: what to ask an [Upstream] for.
///
/// Not safe on several threads; sent as often as wanted, each time a call of its own.
public final class Request {
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_]+)}");
  private static final Pattern KEY = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255}");

  private final Upstream upstream;
  private final Target target;
  private final Map<String, String> path = new HashMap<>();
  private final List<String> query = new ArrayList<>();
  private final HttpRequest.Builder prototype = HttpRequest.newBuilder();
  private byte[] body = {};
  private boolean repeatable;

  Request(Upstream upstream, String method, String template) {
    boolean rooted = template.isEmpty() || template.charAt(0) == '/';
    if (!rooted || template.contains("?")) {
      throw new IllegalArgumentException(
          "the path of a call to %s must start with / and have no query, but is %s"
              .formatted(upstream.name(), template));
    }
    this.upstream = upstream;
    this.target = new Target(upstream.name(), method, template, upstream.isDeclared());
    this.repeatable = IDEMPOTENT.contains(method);
  }

  /// Fills `{name}` in the path, percent-encoded.
  ///
  /// @throws IllegalArgumentException if the value is empty, `.` or `..`, which would be another
  ///   path
  public Request path(String name, Object value) {
    String text = value.toString();
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException(
          "{%s} in the path of %s must not be empty, . or .., but is \"%s\""
              .formatted(name, target, text));
    }
    path.put(name, encoded(text));
    return this;
  }

  /// Adds a query parameter, percent-encoded; names may repeat.
  public Request query(String name, Object value) {
    query.add(encoded(name) + '=' + encoded(value.toString()));
    return this;
  }

  /// Sets a header.
  ///
  /// @throws IllegalArgumentException if the name is one that the connection needs for itself, or
  ///   the name or the value has characters that a header may not have
  public Request header(String name, String value) {
    prototype.setHeader(name, value);
    return this;
  }

  /// Sends `Idempotency-Key`, which makes a POST safe to repeat, so it may be retried.
  ///
  /// @param key 1 to 255 visible ASCII characters without `"` and `\`
  public Request idempotencyKey(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "an idempotency key must be 1 to 255 visible ASCII characters without \" and \\");
    }
    repeatable = true;
    return header("Idempotency-Key", '"' + key + '"');
  }

  /// States that sending this twice does no harm, so it may be retried without a key.
  public Request repeatable() {
    repeatable = true;
    return this;
  }

  /// Sends `value` as JSON.
  ///
  /// @throws IllegalStateException for GET and HEAD, which have no body
  public <T> Request body(Codec<T> codec, T value) {
    return body("application/json", Json.bytes(codec, value));
  }

  /// Sends these bytes.
  ///
  /// @throws IllegalStateException for GET and HEAD, which have no body
  public Request body(String contentType, byte[] bytes) {
    if (WITHOUT_BODY.contains(target.method())) {
      throw new IllegalStateException(target + " can have no body; use a query, or a POST");
    }
    body = bytes.clone();
    return header("Content-Type", contentType);
  }

  /// Sends the request and waits for the whole answer, within every bound.
  ///
  /// Returns what the upstream said with a status of 2xx or 4xx; 401, 429, 3xx and 5xx are a
  /// [UpstreamException.BadReply].
  ///
  /// @throws UpstreamException if there is no such answer
  /// @throws IllegalStateException while a transaction is open, before the upstream is open, or
  ///   while a placeholder of the path has no value
  public Reply send() {
    HttpRequest.Builder complete = prototype.copy().uri(uri());
    return upstream.call(new Ask(target, complete, this::publisher, repeatable));
  }

  private HttpRequest.BodyPublisher publisher() {
    if (WITHOUT_BODY.contains(target.method())) {
      return new SentOnce();
    }
    return body.length == 0
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofByteArray(body);
  }

  private URI uri() {
    String base = upstream.settings().url().toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    String asked = query.isEmpty() ? "" : '?' + String.join("&", query);
    return URI.create(root + expandedPath() + asked);
  }

  private String expandedPath() {
    return PLACEHOLDER
        .matcher(target.template())
        .replaceAll(found -> {
          String value = path.get(found.group(1));
          if (value == null) {
            throw new IllegalStateException(
                "%s has no value for %s; give it one with path(\"%s\", …)"
                    .formatted(target, found.group(), found.group(1)));
          }
          return value;
        });
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
