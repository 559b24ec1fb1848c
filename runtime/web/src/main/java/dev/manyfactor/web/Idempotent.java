package dev.manyfactor.web;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Why repeating a request does no harm, as `x-idempotency` in the contract says.
public sealed interface Idempotent {

  /// The `Idempotency-Key` header is required; the first committed response is stored in the
  /// transaction of its effect and sent again for every repetition.
  ///
  /// @param headers what a repetition is sent again beside the usual ones, which are
  ///   `Content-Type`, `Content-Language`, `Content-Location`, `Content-Disposition`, `ETag`,
  ///   `Last-Modified`, `Link` and `Location`; in any case of letters
  record Keyed(Set<String> headers) implements Idempotent {
    private static final List<String> USUAL =
        List.of(
            "Content-Type",
            "Content-Language",
            "Content-Location",
            "Content-Disposition",
            "ETag",
            "Last-Modified",
            "Link",
            "Location");

    public Keyed {
      var all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      all.addAll(USUAL);
      all.addAll(headers);
      headers = Collections.unmodifiableSet(all);
    }

    /// With the usual headers only.
    public Keyed() {
      this(Set.of());
    }
  }

  /// A unique constraint over these columns makes the second request find the first one's row.
  ///
  /// @param columns the columns of the constraint, at least one
  record Natural(List<String> columns) implements Idempotent {
    public Natural {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("a natural key must name one column or more");
      }
    }
  }

  /// Repeating changes nothing: a read, or a replacement by the same value.
  record Safe() implements Idempotent {}

  /// Repeating may repeat the effect; `mf prove` reports it as a finding.
  ///
  /// @param reason why that is accepted, for a reader of the contract
  record None(String reason) implements Idempotent {
    public None {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("an operation without idempotency must give a reason");
      }
    }
  }
}
