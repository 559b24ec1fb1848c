package dev.manyfactor.web;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// What a request says about content: what it carries, and what it accepts.
final class Content {
  private static final String JSON = "application/json";

  private Content() {}

  /// Holds if the client can take one of these media types (RFC 9110, section 12.5.1).
  static boolean isAcceptable(Set<String> produced, HttpFields headers) {
    String accept = headers.get(HttpHeader.ACCEPT);
    if (accept == null || accept.equals("*/*") || produced.contains(accept)) {
      return true;
    }
    String ranges = String.join(",", headers.getValuesList(HttpHeader.ACCEPT));
    return ranges.isBlank() || produced.stream().anyMatch(type -> accepts(ranges, type));
  }

  /// The most precise range that covers the type decides, whatever its place.
  private static boolean accepts(String ranges, String mediaType) {
    int best = -1;
    boolean accepted = false;
    for (String range : ranges.split(",", -1)) {
      String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
      int precision = precision(parts[0].strip(), mediaType);
      if (precision > best) {
        best = precision;
        accepted = !hasZeroWeight(parts);
      }
    }
    return accepted;
  }

  private static int precision(String range, String mediaType) {
    if (range.equals(mediaType)) {
      return 2;
    }
    if (range.endsWith("/*") && mediaType.startsWith(range.substring(0, range.length() - 1))) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  private static boolean hasZeroWeight(String[] parts) {
    for (String part : parts) {
      String parameter = part.strip();
      if (parameter.startsWith("q=0")
          && parameter.chars().skip(3).allMatch(c -> c == '.' || c == '0')) {
        return true;
      }
    }
    return false;
  }

  /// Holds for `application/json`, which may say that it is in UTF-8, and is not compressed.
  static boolean isJson(HttpFields headers) {
    return isJson(headers.get(HttpHeader.CONTENT_TYPE))
        && !headers.contains(HttpHeader.CONTENT_ENCODING);
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
