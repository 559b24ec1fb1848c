package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads schemas, wherever they stand.
///
/// Named types are declared on the way: objects stand under components/schemas, enumerations there
/// or where they are used. A component of any other type has no Java type of its own: a reference
/// to it means what it says.
final class SchemaReader {
  private static final Map<String, Keywords> KEYWORDS =
      Map.of(
          "string", Keywords.STRING,
          "integer", Keywords.NUMBER,
          "number", Keywords.NUMBER,
          "boolean", Keywords.BOOLEAN,
          "array", Keywords.ARRAY,
          "object", Keywords.OBJECT);

  private final Components components;
  private final Declarations declarations;
  private final Problems problems;
  private final Examples examples;
  private final Set<String> beingRead = new HashSet<>();

  SchemaReader(
      Components components, Declarations declarations, Examples examples, Problems problems) {
    this.components = components;
    this.declarations = declarations;
    this.examples = examples;
    this.problems = problems;
  }

  /// Where the examples of what is read are kept until they can be judged.
  Examples examples() {
    return examples;
  }

  /// Reads every schema under components, used or not.
  void readComponents() {
    components.all("schemas").forEach(this::readComponent);
    new Unions(declarations, problems).apply();
  }

  /// Reads the schema of a value.
  ///
  /// @param place what problems call it, such as `NewPayment.currency`
  /// @param typeName the name of its Java type, should it need one
  Schema read(String place, String typeName, Yaml.Entry entry) {
    Optional<Node> node = Node.of(place, entry, problems);
    if (node.isPresent() && node.get().has("$ref")) {
      return reference(node.get());
    }
    return node.map(schema -> readInPlace(schema, typeName)).orElse(Schema.UNKNOWN);
  }

  /// What the component says, and what is said of this place beside it.
  private Schema reference(Node node) {
    Optional<Yaml.Entry> component = components.resolve(node, "schemas");
    if (component.isEmpty()) {
      return Schema.UNKNOWN;
    }
    Schema shared =
        readComponent(component.get())
            .withDescription(node.textOrEmpty("description"))
            .deprecatedBy(node);
    Schema schema =
        node.has("default")
            ? shared.withDefault(new DefaultReader(node, declarations).read(shared.type()))
            : shared;
    examples.expect(node, schema);
    return schema;
  }

  /// A value, or list of values, that can be the text of a parameter or header; a problem and a
  /// stand-in if it cannot.
  Optional<Type> simple(Node node, Schema schema) {
    boolean isList =
        schema.type() instanceof Type.Items items && items.item() instanceof Type.Simple;
    if ((isList || schema.type() instanceof Type.Simple) && !schema.nullable()) {
      return Optional.of(schema.type());
    }
    node.problem(
        "schema",
        "must be a string, a number, a boolean or a list of them, and not null: it is sent as plain text");
    return Optional.empty();
  }

  private Schema readComponent(Yaml.Entry component) {
    String name = component.key();
    if (!Names.isType(name)) {
      problems.add(
          component.line(),
          name
              + ": the name of a schema must look like NewPayment: letters and digits, a capital first");
      return Schema.UNKNOWN;
    }
    Optional<Declaration> known = declarations.find(name);
    if (known.isPresent()) {
      return referenceTo(known.get());
    }
    if (!beingRead.add(name)) {
      return Schema.of(new Type.Reference(name)); // it contains itself; see Cycles
    }
    Schema schema =
        Node.of(name, component, problems)
            .map(node -> readNamed(node, name))
            .orElse(Schema.UNKNOWN);
    beingRead.remove(name);
    return schema;
  }

  private Schema readNamed(Node node, String name) {
    if (node.has("$ref")) {
      node.problem(
          "$ref", "a component that only refers to another is not supported; refer to that one");
      return Schema.UNKNOWN;
    }
    if (node.has("enum") || node.has("const")) {
      refuseDeprecated(node);
    }
    if (node.has("oneOf")) {
      return union(node, name);
    }
    boolean isObject = node.has("allOf") || typeOf(node).equals("object");
    return isObject && !isMap(node) ? structure(node, name) : readInPlace(node, name);
  }

  private Schema structure(Node node, String name) {
    node.only(node.has("allOf") ? Keywords.COMPOSED : Keywords.OBJECT);
    if (isNullable(node)) {
      node.problem(
          "type",
          "a shared object cannot be null; leave the field out instead (not in 'required')");
    }
    refuseDeprecated(node);
    declarations.add(
        new StructureReader(this, node, PartsReader.read(components, name, node)).read(name));
    Schema schema = Schema.of(new Type.Reference(name));
    examples.expect(node, schema);
    return schema;
  }

  private Schema union(Node node, String name) {
    declarations.add(new UnionReader(components, node).read(name));
    Schema schema = Schema.of(new Type.Reference(name));
    examples.expect(node, schema);
    return schema;
  }

  private Schema readInPlace(Node node, String typeName) {
    String type = typeOf(node);
    node.only(isMap(node) ? Keywords.MAP : KEYWORDS.getOrDefault(type, Keywords.OBJECT));
    boolean nullable = isNullable(node);
    Type read = type(node, type, typeName);
    Optional<String> absent = new DefaultReader(node, declarations).read(read);
    boolean deprecated = node.truth("deprecated", false);
    Schema schema = new Schema(read, nullable, absent, node.about(), deprecated);
    examples.expect(node, schema);
    return schema;
  }

  /// A Java type is never deprecated itself: its uses are, as JSON Schema has it.
  private static void refuseDeprecated(Node node) {
    if (node.has("deprecated")) {
      node.problem("deprecated", "say so where it is used: 'deprecated' stands beside the $ref");
    }
  }

  private Type type(Node node, String type, String typeName) {
    ScalarReader scalars = new ScalarReader(node);
    return switch (type) {
      case "string" ->
          node.has("enum") || node.has("const") ? enumeration(node, typeName) : scalars.string();
      case "integer" -> scalars.whole();
      case "number" -> scalars.decimal();
      case "boolean" -> Type.Plain.BOOLEAN;
      case "array" -> new ContainerReader(this, node).array(typeName);
      case "object" -> isMap(node) ? new ContainerReader(this, node).map(typeName) : nameless(node);
      default -> Schema.UNKNOWN.type(); // reported by typeOf
    };
  }

  private Type enumeration(Node node, String typeName) {
    declarations.add(new EnumerationReader(node).read(typeName));
    return new Type.Choice(typeName);
  }

  /// Whether an object says what the values of unknown names are.
  private static boolean isMap(Node node) {
    return node.entry("additionalProperties")
        .map(Yaml.Entry::value)
        .filter(Yaml.Mapping.class::isInstance)
        .isPresent();
  }

  private Type nameless(Node node) {
    node.problem("an object needs a name: move it to components/schemas and $ref it");
    return Schema.UNKNOWN.type();
  }

  private static Schema referenceTo(Declaration declaration) {
    return Schema.of(
        switch (declaration) {
          case Declaration.Structure structure -> new Type.Reference(structure.name());
          case Declaration.Union union -> new Type.Reference(union.name());
          case Declaration.Enumeration enumeration -> new Type.Choice(enumeration.name());
        });
  }

  /// The type beside "null"; a problem and empty if there is not exactly one that is supported.
  private static String typeOf(Node node) {
    List<String> types = new ArrayList<>(types(node));
    types.remove("null");
    if (types.size() == 1 && KEYWORDS.containsKey(types.getFirst())) {
      return types.getFirst();
    }
    boolean isCombined = node.has("oneOf") || node.has("anyOf") || node.has("allOf");
    if (!isCombined) { // which is a problem of its own
      node.problem(
          "type",
          "must have one type: string, integer, number, boolean, array or object, beside \"null\"");
    }
    return "";
  }

  private static boolean isNullable(Node node) {
    return types(node).contains("null");
  }

  private static List<String> types(Node node) {
    boolean isList =
        node.entry("type")
            .map(Yaml.Entry::value)
            .filter(Yaml.Sequence.class::isInstance)
            .isPresent();
    return isList
        ? node.items("type").stream().map(SchemaReader::word).toList()
        : node.text("type").stream().toList();
  }

  private static String word(Yaml value) {
    return value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT
        ? scalar.text()
        : "";
  }
}
