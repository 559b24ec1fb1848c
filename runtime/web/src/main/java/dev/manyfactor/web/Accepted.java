package dev.manyfactor.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// What a client says that it can take, and how much it likes it: the headers `Accept` and
/// `Accept-Encoding` (RFC 9110, section 12.5). A weight is 0, for what it cannot take, to 1000.
final class Accepted {
  private static final int MOST = 1000;
  private static final String ANY = "*/*";
  private static final Pattern WEIGHT = Pattern.compile("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)");

  private Accepted() {}

  /// Holds if the client can take one of these media types.
  static boolean anyOf(Iterable<String> mediaTypes, HttpFields headers) {
    Optional<String> ranges = mediaRanges(headers);
    if (ranges.isEmpty()) {
      return true;
    }
    for (String mediaType : mediaTypes) {
      if (ranges.get().equals(mediaType) || weight(ranges.get(), mediaType) > 0) {
        return true;
      }
    }
    return false;
  }

  /// The media type that the client likes best; the earlier one where it likes two as much, and the
  /// first where it can take none.
  static String best(List<String> mediaTypes, HttpFields headers) {
    String best = mediaTypes.getFirst();
    Optional<String> ranges = mediaRanges(headers);
    if (ranges.isPresent()) {
      for (String mediaType : mediaTypes) {
        best = weight(ranges.get(), mediaType) > weight(ranges.get(), best) ? mediaType : best;
      }
    }
    return best;
  }

  /// What `Accept` lists; empty if it excludes nothing.
  private static Optional<String> mediaRanges(HttpFields headers) {
    String accept = headers.get(HttpHeader.ACCEPT);
    if (accept == null || accept.equals(ANY)) {
      return Optional.empty();
    }
    return Optional.of(String.join(",", headers.getValuesList(HttpHeader.ACCEPT)))
        .filter(ranges -> !ranges.isBlank());
  }

  /// The most precise range that covers the type decides, whatever its place.
  private static int weight(String ranges, String mediaType) {
    int best = -1;
    int weight = 0;
    for (String range : ranges.split(",", -1)) {
      String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
      int precision = precision(parts[0].strip(), mediaType);
      if (precision > best) {
        best = precision;
        weight = weight(parts);
      }
    }
    return weight;
  }

  private static int precision(String range, String mediaType) {
    if (range.equals(mediaType)) {
      return 2;
    }
    if (range.endsWith("/*") && mediaType.startsWith(range.substring(0, range.length() - 1))) {
      return 1;
    }
    return range.equals(ANY) ? 0 : -1;
  }

  /// Holds if the client can take gzip and does not like the content better as it is.
  static boolean gzip(HttpFields headers) {
    if (!headers.contains(HttpHeader.ACCEPT_ENCODING)) {
      return false;
    }
    String codings = String.join(",", headers.getValuesList(HttpHeader.ACCEPT_ENCODING));
    Integer any = null;
    Integer gzip = null;
    int identity = 0;
    for (String coding : codings.split(",", -1)) {
      String[] parts = coding.toLowerCase(Locale.ROOT).split(";", -1);
      switch (parts[0].strip()) {
        case "gzip", "x-gzip" -> gzip = weight(parts);
        case "identity" -> identity = weight(parts);
        case "*" -> any = weight(parts);
        default -> {
          // a coding that the server does not have
        }
      }
    }
    int weight = gzip == null ? orZero(any) : gzip;
    return weight > 0 && weight >= identity;
  }

  private static int orZero(@Nullable Integer weight) {
    return weight == null ? 0 : weight;
  }

  /// The `q` among the parameters of a range, in thousandths; 1000 without one that is well-formed.
  private static int weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (WEIGHT.matcher(parameter).matches()) {
        return (int) Math.round(Double.parseDouble(parameter.substring(2)) * MOST);
      }
    }
    return MOST;
  }
}
