package dev.manyfactor.idempotency;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An answer that can be given again: of an HTTP operation, or of any other work.
///
/// @param status 200 to 599, with the meaning of HTTP: from 500 on nothing is kept
/// @param headers only what a repeat must carry again (`Location`, `ETag`, `Content-Type`)
/// @param body at most 64 KiB; not copied, so leave it alone
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record StoredResponse(int status, Map<String, String> headers, byte[] body) {

  /// The largest body that is kept.
  public static final int MOST_BYTES = 64 * 1024;

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  public StoredResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("a status must be from 200 to 599 but is " + status);
    }
    headers = Map.copyOf(headers);
    headers.forEach(StoredResponse::mustBeOneLine);
  }

  /// Whether a repeat gets this answer again, or runs the work again.
  boolean isKept() {
    return status < 500;
  }

  /// Refuses a body that is too large to be kept.
  void mustFit(String operation) {
    if (body.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the response of "
              + operation
              + " has "
              + body.length
              + " bytes, but what is kept under a key may have "
              + MOST_BYTES
              + "; answer with a Location and let the caller get the rest from there");
    }
  }

  private static void mustBeOneLine(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches() || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the header " + name + " must be one line of text");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredResponse response
        && status == response.status
        && headers.equals(response.headers)
        && Arrays.equals(body, response.body);
  }

  @Override
  public int hashCode() {
    return 31 * status + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return "StoredResponse[" + status + ", " + headers.keySet() + ", " + body.length + " bytes]";
  }
}
