package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads schemas, wherever they stand.
///
/// Objects, unions and enumerations are declared on the way: those under components/schemas by the
/// name they have there, the others by one made of the names around them, such as
/// `NewPaymentAddress`. A component of any other type has no Java type of its own: a reference to
/// it means what it says.
final class SchemaReader {
  private final Components components;
  private final Declarations declarations;
  private final Problems problems;
  private final Examples examples;
  private final FileSchemas files;
  private final Map<String, Schema> known = new HashMap<>();
  private final Set<String> beingRead = new HashSet<>();
  private final Set<String> inside = new HashSet<>();

  SchemaReader(
      Components components, Declarations declarations, Examples examples, Problems problems) {
    this.components = components;
    this.declarations = declarations;
    this.examples = examples;
    this.problems = problems;
    this.files = new FileSchemas(components);
  }

  /// Where the examples of what is read are kept until they can be judged.
  Examples examples() {
    return examples;
  }

  /// Reads every schema under components, used or not.
  void readComponents() {
    components.all("schemas").stream()
        .filter(component -> !files.isOnlyForFiles(component.value()))
        .forEach(this::component);
  }

  /// Reads the schema of a value.
  ///
  /// @param place what problems call it, such as `NewPayment.currency`
  /// @param typeName the name of its Java type, should it need one
  Schema read(String place, String typeName, Yaml.Entry entry) {
    boolean isTrue =
        entry.value() instanceof Yaml.Scalar(_, Yaml.Type type, String text)
            && type == Yaml.Type.TRUTH
            && text.equalsIgnoreCase("true");
    if (isTrue) {
      return Schema.of(new Type.Any());
    }
    return Node.of(place, entry, problems).map(node -> read(node, typeName)).orElse(Schema.UNKNOWN);
  }

  /// A value, or list of values, that can be the text of a parameter or header; a problem and a
  /// stand-in if it cannot. Null cannot be sent there, so whether it is allowed does not matter.
  Optional<Type> simple(Node node, Schema schema, String otherwise) {
    boolean isList =
        schema.type() instanceof Type.Items items && items.item() instanceof Type.Simple;
    if (isList || schema.type() instanceof Type.Simple) {
      return Optional.of(schema.type());
    }
    node.problem(
        "schema",
        "must be a string, a number, a boolean or a list of them, since it is sent as plain text; "
            + otherwise);
    return Optional.empty();
  }

  /// The same of a schema that is at hand.
  Schema read(Node node, String typeName) {
    if (node.has("$ref")) {
      return reference(node);
    }
    Optional<Combination> combination = Combination.of(node);
    if (combination.isPresent()) {
      return combined(node, typeName, combination.get());
    }
    if (node.has("oneOf")) {
      return union(node, typeName);
    }
    return node.has("allOf")
        ? structure(node, typeName)
        : new PlainReader(this, declarations, node).read(typeName);
  }

  private boolean isNoFile(Node node, Yaml.Entry component) {
    boolean isOfFiles = files.isOnlyForFiles(component.value());
    if (isOfFiles) {
      node.problem(
          "$ref",
          "%s is a file or has one, which JSON cannot carry; use multipart/form-data, or contentEncoding: base64"
              .formatted(component.key()));
    }
    return !isOfFiles;
  }

  private Schema reference(Node node) {
    return components
        .resolve(node, "schemas")
        .filter(component -> isNoFile(node, component))
        .map(component -> beside(node, component(component)))
        .orElse(Schema.UNKNOWN);
  }

  private Schema combined(Node node, String typeName, Combination combination) {
    node.only(Keywords.COMBINED);
    Yaml inner = combination.inner();
    Schema schema = read(node.name(), typeName, new Yaml.Entry("", inner.line(), 1, inner));
    return beside(node, combination.nullable() ? schema.orNull() : schema);
  }

  /// What a schema says, and what is said of this place beside it.
  private Schema beside(Node node, Schema shared) {
    Schema schema = shared.withDescription(node.about()).deprecatedBy(node);
    if (node.has("default")) {
      schema = schema.withDefault(new DefaultReader(node, declarations).read(schema));
    }
    examples.expect(node, schema);
    return schema;
  }

  private Schema component(Yaml.Entry component) {
    String key = component.key();
    Optional<String> name = Names.schema(key);
    if (name.isEmpty()) {
      problems.add(
          component.line(), key + ": no Java type can be named after it; write it like NewPayment");
      return Schema.UNKNOWN;
    }
    if (known.containsKey(key)) {
      return known.get(key);
    }
    Optional<Node> node = Node.of(key, component, problems);
    if (!beingRead.add(key)) {
      inside.add(key); // it contains itself; see Cycles
      boolean isNullable = node.filter(found -> new TypeWords(found).isNullable()).isPresent();
      Schema schema = Schema.of(new Type.Reference(name.get()));
      return isNullable ? schema.orNull() : schema;
    }
    Schema schema = node.map(found -> component(found, name.get())).orElse(Schema.UNKNOWN);
    if (inside.contains(key) && !(schema.type() instanceof Type.Reference)) {
      problems.add(
          component.line(), key + ": contains itself, which only an object can; make it one");
    }
    known.put(key, schema);
    beingRead.remove(key);
    return schema;
  }

  /// What is said of a declared type stands in its Java, not again wherever it is used.
  private Schema component(Node node, String name) {
    if (node.has("$ref")) {
      node.only(Keywords.REFERENCE); // the component that it leads to says the rest
    }
    boolean isMerged = Combination.of(node).isPresent() && PartsReader.isOfObject(components, node);
    Schema schema = isMerged ? structure(node, name) : read(node, name);
    if (declarations.find(name).isEmpty()) {
      return schema;
    }
    if (node.has("deprecated")) {
      node.problem("deprecated", "say so where it is used: 'deprecated' stands beside the $ref");
    }
    return new Schema(schema.type(), schema.nullable(), schema.absent(), "", false);
  }

  /// Reads an object with fields, and declares it.
  Schema structure(Node node, String name) {
    node.only(node.has("allOf") ? Keywords.COMPOSED : Keywords.OBJECT);
    TypeWords words = new TypeWords(node);
    if (node.has("type") && !words.type().equals("object")) {
      node.problem("type", "allOf merges objects; write type: object");
    }
    declarations.add(
        node, new StructureReader(this, node, PartsReader.read(components, name, node)).read(name));
    return declared(node, name, words.isNullable());
  }

  private Schema union(Node node, String name) {
    declarations.add(node, new UnionReader(this, components, node).read(name));
    return declared(node, name, node.items("oneOf").stream().anyMatch(Combination::isNull));
  }

  private Schema declared(Node node, String name, boolean nullable) {
    boolean deprecated = node.truth("deprecated", false);
    Schema schema =
        new Schema(new Type.Reference(name), nullable, Optional.empty(), node.about(), deprecated);
    examples.expect(node, schema);
    return schema;
  }
}
