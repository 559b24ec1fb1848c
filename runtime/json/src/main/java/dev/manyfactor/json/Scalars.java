package dev.manyfactor.json;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/// The scalars without settings: truth values and the formats that stand for a Java type.
public final class Scalars {
  /// `true` or `false`.
  public static final Scalar<Boolean> BOOLEAN = new Truth();

  /// `format: uuid`: 36 characters, hexadecimal digits of either case (RFC 9562); written in lower
  /// case.
  public static final Scalar<UUID> UUID = Formatted.uuid();

  /// `format: date`: `2026-11-20` (RFC 3339).
  public static final Scalar<LocalDate> DATE = Formatted.date();

  /// `format: date-time`: `2026-11-20T09:30:00Z` or with an offset such as `+01:00` (RFC 3339), up
  /// to nanoseconds; written in UTC. Refused: the leap second `:60`, which no [Instant] can hold,
  /// and what is not in the years 0000 to 9999 of UTC.
  public static final Scalar<Instant> DATE_TIME = Formatted.dateTime();

  /// `format: uri`: absolute, ASCII (RFC 3986).
  public static final Scalar<URI> URI = Formatted.uri();

  /// `format: uri-reference`: a URI, or one relative to the request's (RFC 3986).
  public static final Scalar<URI> URI_REFERENCE = Formatted.uriReference();

  /// `format: byte`: base64 (RFC 4648, section 4) with padding, without line breaks.
  public static final Scalar<Bytes> BYTES = Formatted.bytes();

  private Scalars() {}
}
