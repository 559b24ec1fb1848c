package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Body.Content;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import java.util.Optional;

/// Reads one part of a form: a file, several files, text, or a JSON document.
final class PartReader {
  private static final int LONGEST_FIELD = 16_384; // which is 64 KiB of UTF-8 at most

  private final Components components;
  private final SchemaReader schemas;
  private final FileSchemas files;

  PartReader(Components components, SchemaReader schemas) {
    this.components = components;
    this.schemas = schemas;
    this.files = new FileSchemas(components);
  }

  /// Where a part is described.
  ///
  /// @param entry its name and its schema
  /// @param place what problems call it
  /// @param typeName the name of its Java type, should it need one
  /// @param component its Java name
  /// @param encoding what is said of how it is sent
  record Place(
      Yaml.Entry entry,
      String place,
      String typeName,
      String component,
      boolean required,
      Optional<Node> encoding) {
    Optional<String> contentType() {
      return encoding.flatMap(node -> node.text("contentType"));
    }

    Presence presence() {
      return required ? new Presence.Required() : new Presence.Optional();
    }
  }

  /// The part; empty if a reference in it leads nowhere.
  Optional<Body.Part> read(Node form, Place place) {
    Yaml schema = place.entry().value();
    if (FileSchemas.isEmpty(schema) || files.isFile(schema)) {
      return node(place.place(), place.entry())
          .map(node ->
              part(place, new Content.OneFile(FileReader.read(node, place.contentType())), node));
    }
    if (files.isList(schema)) {
      return node(place.place(), place.entry())
          .flatMap(node -> list(node, place).map(content -> part(place, content, node)));
    }
    return Optional.of(value(form, place));
  }

  private Optional<Node> node(String name, Yaml.Entry entry) {
    return components.follow(name, entry.line(), entry.value(), "schemas");
  }

  private static Body.Part part(Place place, Content content, Node node) {
    return new Body.Part(
        place.entry().key(),
        place.component(),
        content,
        place.presence(),
        node.about(),
        node.truth("deprecated", false));
  }

  private Optional<Content> list(Node node, Place place) {
    node.only(Keywords.FILES);
    Optional<Integer> most = node.count("maxItems").filter(count -> count > 0);
    if (most.isEmpty()) {
      node.problem("a list of files must say how many it has at most: add maxItems");
    }
    int least = node.count("minItems").orElse(0);
    if (most.isPresent() && most.get() < least) {
      node.problem(
          "minItems", "nothing is from %d to %d; swap the bounds".formatted(least, most.get()));
    }
    return node.entry("items")
        .flatMap(items -> node(place.place() + "[]", items))
        .map(items -> FileReader.read(items, place.contentType()))
        .map(rule -> new Content.Files(rule, least, most.orElse(1)));
  }

  /// Null cannot be sent in a form, so whether it is allowed does not matter.
  private Body.Part value(Node form, Place place) {
    Schema schema = schemas.read(place.place(), place.typeName(), place.entry());
    boolean isText = isText(schema.type());
    if (schema.type() instanceof Type.Items && !isText) {
      problem(
          form, place, "a list in a form is of texts or of files; put other lists into an object");
    }
    if (schema.absent().isPresent() && place.required()) {
      problem(form, place, "a part with a default is not required; choose one");
    }
    checkContentType(place, isText ? "text/plain" : "application/json");
    if (isText && longest(schema.type()) > LONGEST_FIELD) {
      problem(
          form,
          place,
          "a part of text has at most %d characters; let it be a file: format: binary"
              .formatted(LONGEST_FIELD));
    }
    return new Body.Part(
        place.entry().key(),
        place.component(),
        isText ? new Content.Field(schema.type()) : new Content.Document(schema.type()),
        schema.absent().filter(_ -> !place.required()).orElse(place.presence()),
        schema.description(),
        schema.deprecated());
  }

  private static boolean isText(Type type) {
    return type instanceof Type.Simple
        || (type instanceof Type.Items items && items.item() instanceof Type.Simple);
  }

  private static void checkContentType(Place place, String expected) {
    if (place.contentType().isPresent() && !place.contentType().get().equals(expected)) {
      place
          .encoding()
          .orElseThrow()
          .problem(
              "contentType",
              "this part is sent as %s; leave it out, or let the part be a file"
                  .formatted(expected));
    }
  }

  private static int longest(Type type) {
    return switch (type) {
      case Type.Text text -> text.maxLength().orElse(0);
      case Type.Items items -> longest(items.item());
      case Type.Sensitive sensitive -> longest(sensitive.of());
      default -> 0;
    };
  }

  private static void problem(Node form, Place place, String message) {
    form.problems().add(place.entry().line(), place.place() + ": " + message);
  }
}
