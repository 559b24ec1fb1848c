package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the parameters of a path and of an operation, shared ones included.
final class ParameterReader {
  /// Headers that have a meaning of their own (OpenAPI 3.1, 4.8.12.2.1).
  private static final Set<String> OWN_HEADERS = Set.of("accept", "content-type", "authorization");

  private final Components components;
  private final SchemaReader schemas;

  ParameterReader(Components components, SchemaReader schemas) {
    this.components = components;
    this.schemas = schemas;
  }

  /// Reads every parameter under components, used or not.
  void readComponents() {
    for (Yaml.Entry entry : components.all("parameters")) {
      components
          .follow(entry.key(), entry.line(), entry.value(), "parameters")
          .ifPresent(node -> parameter(node, Names.type(node.name())));
    }
  }

  /// The parameters of an operation: its own, and those of its path that it does not replace.
  List<Parameter> read(Node path, Node operation) {
    Map<String, Parameter> byPlace = new LinkedHashMap<>();
    all(path, operation).forEach(parameter -> byPlace.put(place(parameter), parameter));
    Map<String, Parameter> own = new LinkedHashMap<>();
    for (Parameter parameter : all(operation, operation)) {
      byPlace.put(place(parameter), parameter);
      if (own.put(place(parameter), parameter) != null) {
        operation.problem(
            "parameters",
            "the parameter '%s' is declared twice; remove one".formatted(parameter.name()));
      }
    }
    checkNames(operation, List.copyOf(byPlace.values()));
    return List.copyOf(byPlace.values());
  }

  private List<Parameter> all(Node owner, Node operation) {
    List<Parameter> read = new ArrayList<>();
    for (Yaml item : owner.items("parameters")) {
      boolean isShared = entry(item, "$ref").isPresent();
      String name =
          operation.name() + ", parameter" + entry(item, "name").map(" "::concat).orElse("");
      components
          .follow(name, item.line(), item, "parameters")
          .flatMap(node -> parameter(node, typeName(isShared, node, operation)))
          .ifPresent(read::add);
    }
    return read;
  }

  private static Optional<String> entry(Yaml item, String key) {
    return item instanceof Yaml.Mapping mapping
        ? mapping
            .entry(key)
            .map(Yaml.Entry::value)
            .filter(Yaml.Scalar.class::isInstance)
            .map(value -> ((Yaml.Scalar) value).text())
        : Optional.empty();
  }

  /// The name of the enum, should the parameter need one: `ListPaymentsStatus`, or that of the
  /// component.
  private static String typeName(boolean isShared, Node node, Node operation) {
    String own = Names.capitalized(operation.name()) + Names.type(node.textOrEmpty("name"));
    return isShared ? Names.type(node.name()) : own;
  }

  private static String place(Parameter parameter) {
    boolean isHeader = parameter.place() == Parameter.Place.HEADER;
    return parameter.place()
        + (isHeader ? parameter.name().toLowerCase(Locale.ROOT) : parameter.name());
  }

  private Optional<Parameter> parameter(Node node, String typeName) {
    node.only(Keywords.PARAMETER);
    Optional<String> name = node.text("name");
    Optional<Parameter.Place> place = placeOf(node);
    Optional<Yaml.Entry> schema = node.entry("schema");
    if (name.isEmpty() || schema.isEmpty()) {
      node.problem("a parameter must have a name and a schema");
      return Optional.empty();
    }
    Optional<String> variable = Names.variable(name.get());
    if (variable.isEmpty()) {
      node.problem(
          "name", "no Java name can be made of '%s'; start it with a letter".formatted(name.get()));
    }
    if (place.isEmpty() || variable.isEmpty()) {
      return Optional.empty();
    }
    Schema read = schemas.read("parameter " + name.get(), typeName, schema.get());
    schemas.examples().expect(node, read);
    Presence presence = presence(node, place.get(), read);
    Parameter.Notation notation = new StyleReader(node, place.get()).read(read.type());
    return schemas
        .simple(node, read, "give each field a parameter of its own, such as filter[size]")
        .map(type ->
            new Parameter(
                name.get(),
                variable.get(),
                place.get(),
                notation,
                type,
                presence,
                read.describedBy(node),
                read.deprecatedBy(node).deprecated()));
  }

  private static Optional<Parameter.Place> placeOf(Node node) {
    return switch (node.textOrEmpty("in")) {
      case "path" -> Optional.of(Parameter.Place.PATH);
      case "query" -> Optional.of(Parameter.Place.QUERY);
      case "header" -> header(node);
      default -> {
        boolean isCookie = node.textOrEmpty("in").equals("cookie");
        node.problem(
            "in",
            isCookie
                ? "cookies are not supported: other sites' pages can send them; use a header"
                : "a parameter must be in path, query or header");
        yield Optional.empty();
      }
    };
  }

  private static Optional<Parameter.Place> header(Node node) {
    if (OWN_HEADERS.contains(node.textOrEmpty("name").toLowerCase(Locale.ROOT))) {
      node.problem(
          "name",
          "the header %s is the server's; leave it out".formatted(node.textOrEmpty("name")));
    }
    return Optional.of(Parameter.Place.HEADER);
  }

  private static Presence presence(Node node, Parameter.Place place, Schema schema) {
    boolean required = node.truth("required", false);
    if (place == Parameter.Place.PATH && !required) {
      node.problem("required", "a path parameter is always there; write required: true");
    }
    if (required && schema.absent().isPresent()) {
      node.problem("required", "a parameter with a default is not required; choose one");
    }
    if (required || place == Parameter.Place.PATH) {
      return new Presence.Required();
    }
    return schema.absent().orElse(new Presence.Optional());
  }

  private static void checkNames(Node operation, List<Parameter> parameters) {
    Map<String, String> nameByVariable = new HashMap<>();
    for (Parameter parameter : parameters) {
      String former = nameByVariable.put(parameter.variable(), parameter.name());
      if (former != null) {
        operation.problem(
            "parameters",
            "'%s' and '%s' have the same Java name %s"
                .formatted(former, parameter.name(), parameter.variable()));
      }
    }
  }
}
