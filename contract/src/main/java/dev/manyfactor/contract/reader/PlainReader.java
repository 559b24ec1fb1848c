package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a schema that says by itself what a value is: by its type, or by saying nothing.
final class PlainReader {
  private static final Map<String, Keywords> KEYWORDS =
      Map.of(
          "string", Keywords.STRING,
          "integer", Keywords.NUMBER,
          "number", Keywords.NUMBER,
          "boolean", Keywords.BOOLEAN,
          "array", Keywords.ARRAY,
          "object", Keywords.OBJECT);

  private final SchemaReader schemas;
  private final Declarations declarations;
  private final Node node;

  PlainReader(SchemaReader schemas, Declarations declarations, Node node) {
    this.schemas = schemas;
    this.declarations = declarations;
    this.node = node;
  }

  Schema read(String typeName) {
    boolean isCombined = node.has("anyOf"); // which is a problem of its own, and may have others
    for (Yaml choice : isCombined ? node.items("anyOf") : List.<Yaml>of()) {
      Node.of(node.name() + ", anyOf", choice.line(), choice, node.problems())
          .filter(found -> !found.has("$ref") && !found.has("type"))
          .ifPresent(found -> found.only(Keywords.SCHEMA));
    }
    if (isAny()) {
      return any();
    }
    TypeWords words = new TypeWords(node);
    String type = isCombined && !node.has("type") ? "" : words.type();
    if (type.equals("object") && !isMap() && !isFree()) {
      return schemas.structure(node, typeName);
    }
    node.only(type.equals("object") ? Keywords.MAP : KEYWORDS.getOrDefault(type, Keywords.OBJECT));
    Type read = type(type, typeName);
    Schema schema =
        new Schema(
            isSensitive() && read instanceof Type.Simple told ? new Type.Sensitive(told) : read,
            words.isNullable(),
            Optional.empty(),
            node.about(),
            node.truth("deprecated", false));
    schema = schema.withDefault(new DefaultReader(node, declarations).read(schema));
    schemas.examples().expect(node, schema);
    return schema;
  }

  private Type type(String type, String typeName) {
    boolean isFixed = node.has("enum") || node.has("const");
    return switch (type) {
      case "string" -> isFixed ? enumeration(typeName) : new ScalarReader(node).string();
      case "integer", "number", "boolean" -> {
        Type.Simple scalar = scalar(type);
        yield isFixed ? new AmongReader(node, declarations).read(scalar) : scalar;
      }
      case "array" -> new ContainerReader(schemas, node).array(typeName);
      case "object" -> new ContainerReader(schemas, node).map(typeName);
      default -> Schema.UNKNOWN.type(); // a problem already
    };
  }

  private Type.Simple scalar(String type) {
    return switch (type) {
      case "integer" -> new ScalarReader(node).whole();
      case "number" -> new ScalarReader(node).decimal();
      default -> Type.Plain.BOOLEAN;
    };
  }

  private boolean isSensitive() {
    return node.truth("x-sensitive", false)
        || node.text("format").filter(ScalarReader.PASSWORD::equals).isPresent();
  }

  private Type enumeration(String typeName) {
    declarations.add(node, new EnumerationReader(node).read(typeName));
    return new Type.Choice(typeName);
  }

  private Schema any() {
    node.only(Keywords.ANY);
    boolean deprecated = node.truth("deprecated", false);
    Schema schema = new Schema(new Type.Any(), false, Optional.empty(), node.about(), deprecated);
    schemas.examples().expect(node, schema);
    return schema;
  }

  /// Whether nothing is said of the value.
  private boolean isAny() {
    return node.entries().stream().allMatch(entry -> Keywords.ANY.allows(entry.key()));
  }

  /// Whether an object has no fields of its own, and may have any.
  private boolean isFree() {
    boolean isOpen =
        node.entry("additionalProperties")
            .map(Yaml.Entry::value)
            .map(value -> value instanceof Yaml.Scalar scalar && scalar.text().equals("true"))
            .orElse(true);
    return isOpen && node.entries().stream().noneMatch(entry -> !Keywords.MAP.allows(entry.key()));
  }

  /// Whether an object says what the values of unknown names are.
  private boolean isMap() {
    return node.entry("additionalProperties")
        .map(Yaml.Entry::value)
        .filter(Yaml.Mapping.class::isInstance)
        .isPresent();
  }
}
