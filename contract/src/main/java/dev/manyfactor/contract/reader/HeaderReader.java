package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the headers of a response.
final class HeaderReader {
  private final Components components;
  private final SchemaReader schemas;

  HeaderReader(Components components, SchemaReader schemas) {
    this.components = components;
    this.schemas = schemas;
  }

  /// Reads every header under components, used or not.
  void readComponents() {
    for (Yaml.Entry entry : components.all("headers")) {
      components
          .follow(entry.key(), entry.line(), entry.value(), "headers")
          .ifPresent(node -> header(entry.key(), node));
    }
  }

  List<Outcome.Header> read(Node response) {
    List<Outcome.Header> headers = new ArrayList<>();
    for (Yaml.Entry entry : response.entries("headers")) {
      String name = response.name() + ", header " + entry.key();
      components
          .follow(name, entry.line(), entry.value(), "headers")
          .flatMap(node -> header(entry.key(), node))
          .ifPresent(headers::add);
    }
    return headers;
  }

  private Optional<Outcome.Header> header(String name, Node node) {
    node.only(Keywords.HEADER);
    Optional<Yaml.Entry> schema = node.entry("schema");
    Optional<String> component = Names.variable(name);
    if (schema.isEmpty() || component.isEmpty()) {
      node.problem("a header must have a schema, and a name that starts with a letter");
      return Optional.empty();
    }
    if (name.equalsIgnoreCase("Content-Type")) {
      node.problem("the header Content-Type follows from the content; leave it out");
    }
    Schema read = schemas.read("header " + name, Names.type(name), schema.get());
    schemas.examples().expect(node, read);
    new StyleReader(node, Parameter.Place.HEADER).read(read.type());
    if (read.absent().isPresent()) {
      node.problem(
          "schema",
          "a header that we send has no default; write required: true, or let it be absent");
    }
    boolean required = node.truth("required", false);
    return schemas
        .simple(node, read, "give each field a header of its own")
        .map(type ->
            new Outcome.Header(name, component.get(), type, required, read.describedBy(node)));
  }
}
