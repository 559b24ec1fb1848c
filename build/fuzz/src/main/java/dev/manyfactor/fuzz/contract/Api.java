package dev.manyfactor.fuzz.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An OpenAPI 3.1 document. Safe on many threads.
public final class Api {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private final String text;
  private final JsonNode root;
  private final List<ApiOperation> operations;
  private final Map<String, Shape> named = new ConcurrentHashMap<>();

  private Api(String text) {
    this.text = text;
    this.root =
        JsonMapper.shared()
            .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    this.operations = readOperations();
  }

  /// Reads a document of YAML.
  public static Api parse(String yaml) {
    return new Api(yaml);
  }

  /// The YAML it was read from.
  public String text() {
    return text;
  }

  /// Every operation, in the order of the document.
  public List<ApiOperation> operations() {
    return operations;
  }

  /// What a reference such as `#/components/schemas/Customer` stands for.
  public Shape named(String reference) {
    Shape known = named.get(reference);
    if (known == null) {
      known = new ShapeReader(this).read(target(reference));
      named.put(reference, known);
    }
    return known;
  }

  /// The shape itself, where it is a name of one.
  public Shape resolved(Shape shape) {
    return shape instanceof Shape.Named(var reference) ? resolved(named(reference)) : shape;
  }

  /// What stands at a reference within the document.
  ///
  /// @throws IllegalArgumentException if nothing does
  JsonNode target(String reference) {
    JsonNode found = reference.startsWith("#") ? root.at(reference.substring(1)) : root.path("");
    if (found.isMissingNode()) {
      throw new IllegalArgumentException("the contract has nothing at " + reference);
    }
    return found;
  }

  /// A node, or what it refers to.
  JsonNode followed(JsonNode node) {
    return node.has("$ref") ? followed(target(node.path("$ref").asString())) : node;
  }

  /// The JSON pointer of a node that may be a reference.
  String pointer(String pointer) {
    JsonNode node = root.at(pointer);
    return node.has("$ref") ? pointer(node.path("$ref").asString().substring(1)) : pointer;
  }

  private List<ApiOperation> readOperations() {
    var found = new ArrayList<ApiOperation>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          found.add(new OperationReader(this, path.getKey(), member.getKey()).read());
        }
      }
    }
    return List.copyOf(found);
  }

  /// The operation with this id.
  public Optional<ApiOperation> operation(String id) {
    return operations.stream().filter(operation -> operation.id().equals(id)).findFirst();
  }
}
