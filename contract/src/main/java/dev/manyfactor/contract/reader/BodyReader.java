package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.source.Yaml;
import java.util.Optional;

/// Reads the body of a request.
final class BodyReader {
  private final Components components;
  private final SchemaReader schemas;

  BodyReader(Components components, SchemaReader schemas) {
    this.components = components;
    this.schemas = schemas;
  }

  /// Reads every body under components, used or not.
  void readComponents() {
    for (Yaml.Entry entry : components.all("requestBodies")) {
      components
          .follow(entry.key(), entry.line(), entry.value(), "requestBodies")
          .ifPresent(body -> body(body, Names.type(body.name())));
    }
  }

  /// The body of an operation; empty if it has none.
  Optional<Operation.Body> read(Node operation, String method) {
    Optional<Yaml.Entry> entry = operation.entry("requestBody");
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    if (method.equals("GET") || method.equals("DELETE")) {
      operation.problem("requestBody", "a %s has no body; use parameters".formatted(method));
    }
    String name = operation.name() + ", request body";
    return components
        .follow(name, entry.get().line(), entry.get().value(), "requestBodies")
        .flatMap(body -> body(body, typeName(operation, body, name)));
  }

  /// The name of the type, should the body need one: after the operation, or after the component.
  private static String typeName(Node operation, Node body, String name) {
    boolean isShared = !body.name().equals(name);
    return isShared ? Names.type(body.name()) : Names.capitalized(operation.name()) + "Body";
  }

  private Optional<Operation.Body> body(Node body, String typeName) {
    body.only(Keywords.REQUEST_BODY);
    return new ContentReader(body.problems())
        .only(body, "application/json")
        .filter(media -> media.has("schema"))
        .map(media -> schema(body, media, typeName))
        .map(schema -> bodyOf(body, schema));
  }

  private Schema schema(Node body, Node media, String typeName) {
    Schema schema = schemas.read(body.name(), typeName, media.entry("schema").orElseThrow());
    schemas.examples().expect(media, schema);
    return schema;
  }

  private static Operation.Body bodyOf(Node body, Schema schema) {
    if (schema.nullable()) {
      body.problem(
          "content", "a body cannot be null; leave required out, so that it can be absent");
    }
    return new Operation.Body(
        schema.type(), body.truth("required", false), body.textOrEmpty("description"));
  }
}
