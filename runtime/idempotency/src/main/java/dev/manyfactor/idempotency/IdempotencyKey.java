package dev.manyfactor.idempotency;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a caller names one piece of work by, so that it can be repeated safely.
///
/// @param value 16 to 128 characters of `A-Z`, `a-z`, `0-9`, `_`, `.`, `:` and `-`
public record IdempotencyKey(String value) {
  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_.:-]{16,128}");
  private static final int UUID_LENGTH = 36;
  private static final int VERSION_AT = 14;
  private static final int RFC_VARIANT = 2;

  public IdempotencyKey {
    if (!SYNTAX.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an idempotency key must be 16 to 128 characters of A-Z, a-z, 0-9, _, ., : and -, but has "
              + value.length()
              + (value.length() < 16 || value.length() > 128 ? "" : " with others among them"));
    }
  }

  /// Reads the value of an `Idempotency-Key` header: a string in quotes (RFC 9651, section 3.3.3)
  /// or the bare key; both are the same key.
  ///
  /// @throws IllegalArgumentException saying which rule it breaks, without the value
  public static IdempotencyKey parse(String header) {
    String text = header.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return new IdempotencyKey(quoted ? text.substring(1, text.length() - 1) : text);
  }

  /// When the key was made, if it is a UUID of version 7 (RFC 9562, section 5.7).
  public Optional<Instant> madeAt() {
    if (value.length() != UUID_LENGTH || value.charAt(VERSION_AT) != '7') {
      return Optional.empty();
    }
    try {
      UUID uuid = UUID.fromString(value);
      boolean genuine =
          uuid.variant() == RFC_VARIANT && uuid.toString().equalsIgnoreCase(value); // not 1-1-7…
      return genuine
          ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
          : Optional.empty();
    } catch (IllegalArgumentException another) {
      return Optional.empty();
    }
  }
}
