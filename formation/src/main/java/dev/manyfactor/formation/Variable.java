package dev.manyfactor.formation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A variable that a service reads from its environment, beside those that its dependencies imply.
///
/// @param kind what its value has to be
/// @param required whether the service refuses to start without it
/// @param secret whether its value must never be shown
/// @param example a value that works; a required one that is no secret has one
public record Variable(
    String name, Kind kind, boolean required, boolean secret, Optional<String> example) {

  /// What a value has to be.
  public enum Kind {
    /// Any text.
    TEXT("a text"),
    /// A number.
    NUMBER("a number"),
    /// A time such as `5s` or `200ms`.
    DURATION("a time such as 5s or 200ms"),
    /// An address.
    URL("an address such as http://localhost:8081"),
    /// `true` or `false`.
    BOOLEAN("true or false");

    private static final Pattern NUMBERS = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final Pattern TIMES =
        Pattern.compile("[0-9]{1,18}(ms|s|m|h|d)|P[0-9DTHMS.]{1,40}");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// As a manifest writes it.
    static Kind of(String written) {
      return valueOf(written.toUpperCase(Locale.ROOT));
    }

    /// Whether a value is of this kind.
    public boolean accepts(String value) {
      return switch (this) {
        case TEXT -> !value.isEmpty();
        case NUMBER -> NUMBERS.matcher(value).matches();
        case DURATION -> TIMES.matcher(value).matches();
        case URL -> isAddress(value);
        case BOOLEAN -> value.equals("true") || value.equals("false");
      };
    }

    private static boolean isAddress(String value) {
      try {
        URI address = new URI(value);
        return address.getScheme() != null && address.getRawAuthority() != null;
      } catch (URISyntaxException malformed) {
        return false;
      }
    }

    /// `a number`, `true or false`.
    @Override
    public String toString() {
      return words;
    }
  }
}
