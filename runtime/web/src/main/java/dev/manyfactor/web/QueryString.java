package dev.manyfactor.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parameters of a query, decoded, in their order; its size is bounded by that of the head.
record QueryString(List<Pair> pairs) {
  /// The most parameters that a query may have.
  static final int MOST = 100;

  static final QueryString NONE = new QueryString(List.of());

  /// One parameter.
  ///
  /// @param raw the value before percent-decoding
  record Pair(String name, String value, String raw) {}

  /// The parameters of `raw`; empty if an escape in it is broken or there are too many.
  ///
  /// @param raw what follows the question mark; `null` for a target without one
  static Optional<QueryString> parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return Optional.of(NONE);
    }
    var pairs = new ArrayList<Pair>(4);
    for (int from = 0; from <= raw.length(); ) {
      int ampersand = raw.indexOf('&', from);
      int to = ampersand < 0 ? raw.length() : ampersand;
      if (to > from && (pairs.size() == MOST || !add(pairs, raw.substring(from, to)))) {
        return Optional.empty();
      }
      from = to + 1;
    }
    return Optional.of(new QueryString(pairs));
  }

  private static boolean add(List<Pair> pairs, String part) {
    int equals = part.indexOf('=');
    var name = PercentCoding.decodeQuery(equals < 0 ? part : part.substring(0, equals));
    String raw = equals < 0 ? "" : part.substring(equals + 1);
    var value = PercentCoding.decodeQuery(raw);
    if (name.isEmpty() || value.isEmpty()) {
      return false;
    }
    return pairs.add(new Pair(name.get(), value.get(), raw));
  }

  /// Every value of the parameter `name`, in order.
  List<String> values(String name) {
    List<String> found = List.of();
    for (Pair pair : pairs) {
      if (pair.name().equals(name)) {
        found = found.isEmpty() ? List.of(pair.value()) : joined(found, pair.value());
      }
    }
    return found;
  }

  /// What stands between the commas of the parameter `name`, decoded after it was taken apart.
  List<String> separated(String name) {
    return pairs.stream()
        .filter(pair -> pair.name().equals(name))
        .flatMap(pair -> Arrays.stream(pair.raw().split(",", -1)))
        .flatMap(part -> PercentCoding.decodeQuery(part).stream())
        .toList();
  }

  private static List<String> joined(List<String> values, String another) {
    var all = new ArrayList<>(values);
    all.add(another);
    return all;
  }
}
