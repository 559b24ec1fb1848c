package dev.manyfactor.fuzz.generate;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Texts of the formats that contracts name, and texts that only look like them.
final class Formats {
  private static final List<String> DATES =
      List.of(
          "2026-11-20",
          "2024-02-29",
          "2000-02-29",
          "1900-02-28",
          "0001-01-01",
          "0000-01-01",
          "0000-02-29",
          "9999-12-31",
          "1582-10-10",
          "1969-12-31",
          "2038-01-19");
  private static final List<String> TIMES =
      List.of(
          "00:00:00",
          "23:59:59",
          "12:30:45.5",
          "09:00:00.123456",
          "23:59:59.999999999",
          "00:00:00.000");
  private static final List<String> OFFSETS =
      List.of(
          "Z", "z", "+00:00", "-00:00", "+01:00", "-08:00", "+05:45", "+14:00", "-12:00", "+18:00",
          "+23:59", "-23:59");
  private static final List<String> EMAILS =
      List.of(
          "ada@example.com",
          "a.b+c@sub.example.org",
          "x@y.de",
          "o'neil!#$%&*/=?^_`{|}~-@a-b.org",
          "1@2.fr");
  private static final List<String> URIS =
      List.of(
          "https://example.com",
          "http://a/b?c=d#e",
          "urn:uuid:6f2d1c1e-0000-4000-8000-00000000000b",
          "mailto:ada@example.com",
          "ftp://user:p@[::1]:21/%20;x=1,2",
          "x:y",
          "http://a.b:8080/",
          "tel:+1-816-555-1212",
          "http://xn--mnchen-3ya.example/%C3%A4");
  private static final List<String> REFERENCES =
      List.of("/a/b", "?q=1", "#f", "../up", "a%20b", "//host/path", "", "./x;y=z");
  private static final List<String> DECIMALS =
      List.of(
          "0",
          "-0",
          "0.00",
          "12.50",
          "-1.5",
          "100",
          "0.000000000000000000000000000001",
          "123456789012345678901234567890.123456789");

  private Formats() {}

  /// A text of the format; empty if the format is not one that is known.
  ///
  /// @param longest most characters, as far as there is a choice
  static Optional<String> valid(String format, Chance chance, int longest) {
    return switch (format) {
      case "uuid" -> Optional.of(uuid(chance));
      case "date" -> Optional.of(date(chance));
      case "date-time" -> Optional.of(time(chance));
      case "email" -> Optional.of(email(chance, longest));
      case "uri" -> Optional.of(chance.pick(URIS));
      case "uri-reference" -> Optional.of(chance.pick(chance.oneIn(2) ? URIS : REFERENCES));
      case "byte" -> Optional.of(base64(chance));
      case "decimal" -> Optional.of(chance.pick(DECIMALS));
      default -> Optional.empty();
    };
  }

  private static String uuid(Chance chance) {
    String text =
        switch (chance.below(8)) {
          case 0 -> "00000000-0000-0000-0000-000000000000";
          case 1 -> "ffffffff-ffff-ffff-ffff-ffffffffffff";
          default -> new UUID(chance.bits(), chance.bits()).toString();
        };
    return chance.oneIn(5) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static String date(Chance chance) {
    return chance.oneIn(2)
        ? chance.pick(DATES)
        : "%04d-%02d-%02d"
            .formatted(chance.between(1, 9999), chance.between(1, 12), chance.between(1, 28));
  }

  /// In the years 0000 to 9999 in UTC too, since others are refused.
  private static String time(Chance chance) {
    String date = date(chance);
    boolean atTheEdge = date.startsWith("0000-01-01") || date.startsWith("9999-12-31");
    String offset = atTheEdge ? chance.pickText("Z", "+00:00") : chance.pick(OFFSETS);
    return date + chance.pickText("T", "T", "T", "t") + chance.pick(TIMES) + offset;
  }

  /// Mostly one that nobody else has.
  private static String email(Chance chance, int longest) {
    return switch (chance.below(6)) {
      case 0 -> chance.pick(EMAILS);
      case 1 -> "l".repeat(Math.min(64, Math.max(1, longest - 12))) + "@" + chance.hex(4) + ".org";
      default -> chance.hex(12) + "@" + chance.hex(6) + ".com";
    };
  }

  private static String base64(Chance chance) {
    byte[] bytes = new byte[chance.below(9)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) chance.below(256);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Texts that are none of the format, each for a reason of its own; empty for a format that is
  /// not known.
  static List<String> broken(String format) {
    return switch (format) {
      case "uuid" ->
          List.of(
              "",
              "1-1-1-1-1",
              "6f2d1c1e-0000-4000-8000-00000000000",
              "6f2d1c1e-0000-4000-8000-00000000000bc",
              "6f2d1c1e00004000800000000000000b",
              "{6f2d1c1e-0000-4000-8000-00000000000b}",
              "gf2d1c1e-0000-4000-8000-00000000000b",
              "6f2d1c1e-0000-4000-8000-00000000000b\n",
              "６f2d1c1e-0000-4000-8000-00000000000b");
      case "date" ->
          List.of(
              "",
              "2026-02-29",
              "2026-13-01",
              "2026-00-10",
              "2026-04-31",
              "26-11-20",
              "2026-1-2",
              "+12026-01-01",
              "-2026-01-01",
              "2026-11-20T00:00:00Z",
              "20261120",
              "2026-11-20 ",
              "٢٠٢٦-11-20");
      case "date-time" ->
          List.of(
              "",
              "2026-11-20",
              "2026-11-20T09:30:00",
              "2026-11-20T25:00:00Z",
              "2026-11-20T09:60:00Z",
              "2026-02-29T00:00:00Z",
              "2026-11-20 09:30:00Z",
              "2026-11-20T09:30Z",
              "2026-11-20T09:30:00+1",
              "2026-11-20T09:30:00+24:00",
              "2026-11-20T09:30:00.Z",
              "2026-11-20T24:00:00Z",
              "2026-11-20T09:30:00,5Z",
              "0000-01-01T00:00:00+00:01",
              "9999-12-31T23:59:59-23:59",
              "12026-11-20T09:30:00Z");
      case "email" ->
          List.of(
              "",
              "ada",
              "ada@",
              "@example.com",
              "a b@example.com",
              "ada@example.com\n",
              "a@b@c.example",
              ".a@example.com",
              "a..b@example.com",
              "ada@-example.com",
              "ada@example..com",
              "äda@example.com",
              "ada@exa_mple.com");
      case "uri" ->
          List.of(
              "",
              "/relative",
              "no scheme",
              "http://a b",
              "1http://x",
              "http://a/%zz",
              "http://ä.example/",
              "http://a/<b>",
              "://x");
      case "uri-reference" -> List.of("a b", "%zz", "/ä", "\\\\host", "a<b>", "a%2");
      case "byte" -> List.of("a", "aGk", "aGk=\n", "a*==", "aGl=", "_-==", "====", "aGk= ");
      case "decimal" ->
          List.of("", "1,5", "1e3", ".5", "5.", "+1", "01", "NaN", "0x1", "1_000", "- 1", "١");
      default -> List.of();
    };
  }
}
