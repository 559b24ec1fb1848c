package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Identifiers that the service has given, so that not every request is about nothing.
///
/// What a `Location` names is an item of the path template that fits it; it is also what a field or
/// parameter like `customer_id` means, where the collection is `/v1/customers`. Filled before a run
/// and not changed in it, so that a request still follows from seed and index. Not safe for writing
/// on many threads.
public final class Known {
  private final Map<String, List<String>> byCollection = new TreeMap<>();

  /// Notes where something new is.
  public void add(Api api, String location) {
    for (ApiOperation operation : api.operations()) {
      String collection = ApiOperation.collection(operation.path());
      String rest =
          location.startsWith(collection + "/") ? location.substring(collection.length() + 1) : "";
      if (operation.path().equals(collection + "/{" + single(operation) + "}")
          && !rest.isEmpty()
          && rest.indexOf('/') < 0) {
        List<String> all = byCollection.computeIfAbsent(collection, _ -> new ArrayList<>());
        if (!all.contains(rest)) {
          all.add(rest);
        }
      }
    }
  }

  private static String single(ApiOperation operation) {
    String path = operation.path();
    return path.indexOf('{') < 0 ? "" : path.substring(path.indexOf('{') + 1, path.indexOf('}'));
  }

  /// How many there are.
  public int size() {
    return byCollection.values().stream().mapToInt(List::size).sum();
  }

  /// An item of a collection, such as `/v1/payments`.
  Optional<String> in(String collection, Chance chance) {
    return Optional.ofNullable(byCollection.get(collection)).map(chance::pick);
  }

  /// Whether an item of a collection is known.
  boolean has(String collection, String item) {
    return byCollection.getOrDefault(collection, List.of()).contains(item);
  }

  /// What a field called `customer_id` may hold.
  Optional<String> of(String field, Chance chance) {
    if (!field.endsWith("_id")) {
      return Optional.empty();
    }
    String plural = "/" + field.substring(0, field.length() - "_id".length()) + "s";
    return byCollection.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(plural))
        .findFirst()
        .map(entry -> chance.pick(entry.getValue()));
  }
}
