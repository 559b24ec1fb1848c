package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import java.util.Optional;

/// Reads the schema of an array or a map: values of one type, and how many.
final class ContainerReader {
  private final SchemaReader schemas;
  private final Node node;

  ContainerReader(SchemaReader schemas, Node node) {
    this.schemas = schemas;
    this.node = node;
  }

  Type array(String typeName) {
    Optional<Yaml.Entry> items = node.entry("items");
    if (items.isEmpty()) {
      node.problem("an array must say what its items are: add items");
    }
    Schema item =
        items
            .map(entry -> schemas.read(node.name() + "[]", typeName + "Item", entry))
            .orElse(Schema.UNKNOWN);
    boolean isUnique = node.truth("uniqueItems", false);
    if (isUnique && !(item.inContainer() instanceof Type.Simple)) {
      node.problem(
          "uniqueItems",
          "only text, numbers and truth values are compared; say in the description what tells items apart");
    }
    Optional<Integer> minItems = node.count("minItems");
    Optional<Integer> maxItems =
        ScalarReader.ordered(node, "minItems", minItems, node.count("maxItems"));
    return new Type.Items(item.inContainer(), minItems, maxItems, isUnique);
  }

  Type map(String typeName) {
    Schema value =
        node.entry("additionalProperties")
            .map(entry -> schemas.read(node.name() + "{}", typeName + "Value", entry))
            .orElse(Schema.of(new Type.Any()));
    Optional<Integer> fewest = node.count("minProperties");
    Optional<Integer> most =
        ScalarReader.ordered(node, "minProperties", fewest, node.count("maxProperties"));
    return new Type.Entries(value.inContainer(), fewest, most, names());
  }

  private Optional<Type.Text> names() {
    return node.entry("propertyNames")
        .flatMap(entry -> Node.of(node.name() + ", propertyNames", entry, node.problems()))
        .map(names -> new ScalarReader(names.only(Keywords.NAMES)).string())
        .filter(Type.Text.class::isInstance)
        .map(Type.Text.class::cast);
  }
}
