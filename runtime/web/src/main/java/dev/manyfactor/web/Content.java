package dev.manyfactor.web;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// What a request says about the content that it carries.
final class Content {
  private static final String JSON = "application/json";

  private Content() {}

  /// Holds if the body is compressed, or coded in any other way.
  static boolean isCoded(HttpFields headers) {
    return headers.contains(HttpHeader.CONTENT_ENCODING);
  }

  /// Holds for `application/json`, which may say that it is in UTF-8.
  static boolean isJson(HttpFields headers) {
    return isJson(headers.get(HttpHeader.CONTENT_TYPE));
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    boolean json = parts[0].strip().equals(JSON);
    return json && (parts.length == 1 || (parts.length == 2 && isUtf8(parts[1].strip())));
  }

  private static boolean isUtf8(String parameter) {
    return parameter.equals("charset=utf-8") || parameter.equals("charset=\"utf-8\"");
  }

  /// The announced length of the body; empty if it comes in chunks.
  static Optional<Long> length(HttpFields headers) {
    if (headers.contains(HttpHeader.TRANSFER_ENCODING)) {
      return Optional.empty();
    }
    return Optional.of(Math.max(0, headers.getLongField(HttpHeader.CONTENT_LENGTH)));
  }
}
