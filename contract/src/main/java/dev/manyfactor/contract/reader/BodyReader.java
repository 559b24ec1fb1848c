package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.source.Yaml;
import java.util.List;
import java.util.Optional;

/// Reads the body of a request.
final class BodyReader {
  private static final String FORM = "multipart/form-data";

  private final Components components;
  private final SchemaReader schemas;
  private final FileSchemas files;

  BodyReader(Components components, SchemaReader schemas) {
    this.components = components;
    this.schemas = schemas;
    this.files = new FileSchemas(components);
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
  Optional<Body> read(Node operation, String method) {
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

  private Optional<Body> body(Node body, String typeName) {
    body.only(Keywords.REQUEST_BODY);
    List<Yaml.Entry> types = body.entries("content");
    if (types.size() == 1 && types.getFirst().key().equals(FORM)) {
      return Node.of(FORM, types.getFirst(), body.problems())
          .flatMap(form -> new FormReader(components, schemas).read(body, form, typeName));
    }
    if (!types.isEmpty() && types.stream().allMatch(files::isMedia)) {
      return Optional.of(file(body, types));
    }
    return new ContentReader(body.problems())
        .only(body, "application/json", FORM + ", or the schema of a file: format: binary")
        .filter(media -> media.has("schema"))
        .map(media -> schema(body, media, typeName))
        .map(schema -> bodyOf(body, schema));
  }

  private Schema schema(Node body, Node media, String typeName) {
    Schema schema = schemas.read(body.name(), typeName, media.entry("schema").orElseThrow());
    schemas.examples().expect(media, schema);
    return schema;
  }

  private Body file(Node body, List<Yaml.Entry> media) {
    return new Body.File(
        media.stream().map(Yaml.Entry::key).toList(),
        media.stream().mapToLong(entry -> maxBytes(body, entry)).max().orElseThrow(),
        body.truth("required", false),
        body.textOrEmpty("description"));
  }

  private long maxBytes(Node body, Yaml.Entry media) {
    return Node.of(media.key(), media, body.problems())
        .map(node -> node.only(Keywords.FILE_MEDIA))
        .flatMap(node -> node.entry("schema"))
        .flatMap(schema -> components.follow(body.name(), schema.line(), schema.value(), "schemas"))
        .map(schema -> FileReader.read(schema, Optional.of(media.key())).maxBytes())
        .orElse(FileSchemas.USUAL_MAX_BYTES);
  }

  private static Body bodyOf(Node body, Schema schema) {
    if (schema.nullable()) {
      body.problem(
          "content", "a body cannot be null; leave required out, so that it can be absent");
    }
    return new Body.Json(
        schema.type(), body.truth("required", false), body.textOrEmpty("description"));
  }
}
