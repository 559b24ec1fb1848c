package dev.manyfactor.json;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A string in a format that stands for a Java type.
///
/// A value is read from text only if `shape` matches all of it and `value` accepts it; Java's own
/// parsers alone are too forgiving (`1-1-1-1-1` is a UUID to them).
///
/// @param name the format in words, with an example
/// @param shape what the whole text looks like
/// @param value reads a text of that shape; an exception of its kind means it is none
/// @param text writes a value; what it writes must have the shape
record Formatted<T>(
    String name, Predicate<String> shape, Function<String, T> value, Function<T, String> text)
    implements Scalar<T> {

  private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";
  private static final Predicate<String> BASE64 = matching("[A-Za-z0-9+/]*={0,2}");
  private static final Predicate<String> ASCII = matching("[!-~]*");
  private static final Predicate<String> ABSOLUTE = matching("[A-Za-z][A-Za-z0-9+.-]*:[!-~]+");

  /// RFC 3986, 3.2, where Java takes any name of a registry: `host:abc`, `a@b@host`.
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  private static final Predicate<String> AUTHORITY =
      matching(
          "([^@\\[\\]]*@)?(\\[[0-9A-Fa-f:]*((?<=:)O(\\.O){3})?]|[^@:\\[\\]]*)(:[0-9]*)?"
              .replace("O", OCTET));

  static Formatted<UUID> uuid() {
    return new Formatted<>(
        "a UUID of 36 characters", Formatted::isUuid, UUID::fromString, UUID::toString);
  }

  static Formatted<LocalDate> date() {
    Predicate<String> shape = matching(DAY);
    return new Formatted<>(
        "a date, such as 2026-11-20", shape, LocalDate::parse, LocalDate::toString);
  }

  static Formatted<Instant> dateTime() {
    Predicate<String> shape =
        matching(DAY + "[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
    return new Formatted<>(
        "a time with offset, such as 2026-11-20T09:30:00Z",
        shape,
        DateTime::parse,
        Instant::toString);
  }

  static Formatted<Bytes> bytes() {
    return new Formatted<>(
        "base64 with padding, such as aGk=", BASE64, Bytes::fromBase64, Bytes::toBase64);
  }

  static Formatted<URI> uri() {
    return new Formatted<>("an absolute URI", ABSOLUTE, Formatted::parseUri, URI::toString);
  }

  static Formatted<URI> uriReference() {
    return new Formatted<>(
        "a URI or relative reference", ASCII, Formatted::parseUri, URI::toString);
  }

  @Override
  public @Nullable T read(JsonReader in) {
    String string = in.string();
    return string == null ? null : parse(string, in);
  }

  @Override
  public void write(JsonWriter out, T value) {
    String string = text.apply(value);
    out.string(string);
    checkShape(string, out);
  }

  @Override
  public @Nullable T parse(String string, Reporter reporter) {
    if (!checkShape(string, reporter)) {
      return null;
    }
    try {
      return value.apply(string);
    } catch (DateTimeException | IllegalArgumentException notOne) {
      reporter.violation("format", "must be " + name);
      return null;
    }
  }

  @Override
  public String text(T value) {
    String string = text.apply(value);
    checkShape(string, Nonconforming.REFUSES);
    return string;
  }

  private boolean checkShape(String string, Reporter reporter) {
    boolean matches = shape.test(string);
    if (!matches) {
      reporter.violation("format", "must be " + name);
    }
    return matches;
  }

  private static Predicate<String> matching(String pattern) {
    return Pattern.compile(pattern).asMatchPredicate();
  }

  /// By hand, since there are several in most messages and a pattern takes five times as long.
  private static boolean isUuid(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      boolean fits =
          switch (i) {
            case 8, 13, 18, 23 -> text.charAt(i) == '-';
            default -> HexFormat.isHexDigit(text.charAt(i));
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static URI parseUri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getRawAuthority() != null && !AUTHORITY.test(uri.getRawAuthority())) {
        throw new IllegalArgumentException("is not user, host and port: " + uri.getRawAuthority());
      }
      return uri;
    } catch (URISyntaxException notOne) {
      throw new IllegalArgumentException(notOne);
    }
  }
}
