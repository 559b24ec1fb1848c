package dev.manyfactor.contract.page;

import dev.manyfactor.contract.model.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a contract says for readers only, and no code is made of: groups and examples.
final class ForReaders {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private final Tree root;
  private final List<Tree> operations = new ArrayList<>();
  private final List<Operation> known;

  /// @param known the operations, in the order of the contract
  ForReaders(Tree root, List<Operation> known) {
    this.root = root;
    this.known = known;
    for (String path : root.at("paths").keys()) {
      Tree item = root.at("paths").at(path);
      item.keys().stream().filter(METHODS::contains).map(item::at).forEach(operations::add);
    }
  }

  String version() {
    return root.at("info").text("version");
  }

  /// What the contract says of an operation.
  Tree of(Operation operation) {
    return operations.get(known.indexOf(operation));
  }

  /// The operations by their first tag, in the order of the tags; without tags by the first word of
  /// the path.
  Map<String, List<Operation>> groups() {
    Map<String, List<Operation>> groups = new LinkedHashMap<>();
    for (Tree tag : root.at("tags").items()) {
      groups.put(tag.text("name"), new ArrayList<>());
    }
    for (Operation operation : known) {
      groups.computeIfAbsent(group(operation), _ -> new ArrayList<>()).add(operation);
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  private String group(Operation operation) {
    return of(operation).at("tags").items().stream()
        .map(Tree::text)
        .findFirst()
        .orElseGet(() -> word(operation.path()));
  }

  /// `/v1/payments/{id}` is about payments.
  private static String word(String path) {
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty() && !segment.startsWith("{") && !segment.matches("api|v[0-9]+")) {
        return segment;
      }
    }
    return path;
  }

  /// What is said of a group.
  String aboutGroup(String name) {
    return root.at("tags").items().stream()
        .filter(tag -> tag.text("name").equals(name))
        .map(tag -> tag.text("description"))
        .findFirst()
        .orElse("");
  }

  /// The examples of a type.
  List<Sample> samples(String type) {
    Tree schemas = root.at("components").at("schemas");
    return schemas.keys().stream()
        .filter(key -> letters(key).equals(letters(type)))
        .findFirst()
        .map(key -> Sample.of(schemas.at(key)))
        .orElse(List.of());
  }

  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }
}
