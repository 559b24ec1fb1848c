package dev.manyfactor.web;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The media types of files, and what of them a contract allows.
final class MediaTypes {
  /// What a file is that says nothing of itself.
  static final String UNKNOWN = "application/octet-stream";

  private static final Pattern WELL_FORMED =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,63}/[A-Za-z0-9!#$&^_.+-]{1,63}");

  private MediaTypes() {}

  /// The type in a `Content-Type`, in lower case and without its parameters.
  static String essence(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// Whether it looks like `image/png`.
  static boolean isWellFormed(String essence) {
    return WELL_FORMED.matcher(essence).matches();
  }

  /// Whether one of the ranges has the type in it; no range at all has every type.
  ///
  /// @param ranges such as `image/png` or `image/*`
  static boolean allows(Set<String> ranges, String essence) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> covers(range, essence));
  }

  private static boolean covers(String range, String essence) {
    return range.equals(essence)
        || range.equals("*/*")
        || (range.endsWith("/*") && essence.startsWith(range.substring(0, range.length() - 1)));
  }
}
