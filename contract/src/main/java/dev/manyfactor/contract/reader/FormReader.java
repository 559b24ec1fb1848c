package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a form: an object of which each property is a part of `multipart/form-data`.
final class FormReader {
  private final Components components;
  private final PartReader parts;

  FormReader(Components components, SchemaReader schemas) {
    this.components = components;
    this.parts = new PartReader(components, schemas);
  }

  /// The form under a media type; a problem and empty if it does not say what its parts are.
  ///
  /// @param typeName what types within it are named after
  Optional<Body> read(Node body, Node media, String typeName) {
    media.only(Keywords.FORM);
    if (!body.truth("required", false)) {
      body.problem("a form is always sent; write required: true, and let its parts be absent");
    }
    Optional<Yaml.Entry> schema = media.entry("schema");
    if (schema.isEmpty()) {
      media.problem("a form must say what its parts are: add a schema with properties");
      return Optional.empty();
    }
    return components
        .follow(body.name(), schema.get().line(), schema.get().value(), "schemas")
        .map(form -> parts(form.only(Keywords.FORM_SCHEMA), media, typeName))
        .map(read -> new Body.Form(read, body.textOrEmpty("description")));
  }

  private List<Body.Part> parts(Node form, Node media, String typeName) {
    if (!form.text("type").orElse("object").equals("object")) {
      form.problem("type", "a form is an object, of which each property is a part");
    }
    if (form.has("additionalProperties") && form.truth("additionalProperties", false)) {
      form.problem("additionalProperties", "write false, or leave it out; other parts are refused");
    }
    Set<String> required = required(form);
    Map<String, Node> encodings = encodings(form, media);
    List<Body.Part> read = new ArrayList<>();
    for (Yaml.Entry entry : form.entries("properties")) {
      String name = entry.key();
      component(form, entry, read)
          .map(component ->
              new PartReader.Place(
                  entry,
                  form.name() + "." + name,
                  typeName + Names.type(name),
                  component,
                  required.contains(name),
                  Optional.ofNullable(encodings.get(name))))
          .flatMap(place -> parts.read(form, place))
          .ifPresent(read::add);
    }
    if (form.entries("properties").isEmpty()) {
      form.problem("properties", "a form must have one part or more");
    }
    return read;
  }

  private static Optional<String> component(Node form, Yaml.Entry entry, List<Body.Part> former) {
    Optional<String> component = Names.component(entry.key());
    if (component.isEmpty()) {
      form.problems()
          .add(
              entry.line(),
              "%s.%s: no Java name can be made of it; start it with a letter"
                  .formatted(form.name(), entry.key()));
    }
    for (Body.Part part : former) {
      if (component.filter(part.component()::equals).isPresent()) {
        form.problems()
            .add(
                entry.line(),
                "%s.%s: has the same Java name as '%s': %s"
                    .formatted(form.name(), entry.key(), part.name(), part.component()));
      }
    }
    return component;
  }

  private static Set<String> required(Node form) {
    Set<String> required = new HashSet<>();
    for (Yaml item : form.items("required")) {
      String name = item instanceof Yaml.Scalar scalar ? scalar.text() : "";
      required.add(name);
      if (!isPart(form, name)) {
        form.problems()
            .add(
                item.line(),
                "%s: '%s' is required but is no part; add it or correct the name"
                    .formatted(form.name(), name));
      }
    }
    return required;
  }

  private static Map<String, Node> encodings(Node form, Node media) {
    Map<String, Node> encodings = new HashMap<>();
    for (Yaml.Entry entry : media.entries("encoding")) {
      Node.of(form.name() + ", encoding " + entry.key(), entry, form.problems())
          .map(encoding -> encoding.only(Keywords.ENCODING))
          .ifPresent(encoding -> encodings.put(entry.key(), encoding));
      if (!isPart(form, entry.key())) {
        form.problems()
            .add(
                entry.line(),
                "%s: 'encoding' names '%s', which is no part; correct the name"
                    .formatted(form.name(), entry.key()));
      }
    }
    return encodings;
  }

  private static boolean isPart(Node form, String name) {
    return form.entries("properties").stream().anyMatch(part -> part.key().equals(name));
  }
}
