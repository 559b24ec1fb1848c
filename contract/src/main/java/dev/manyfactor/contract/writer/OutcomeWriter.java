package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.model.Outcome.Content;
import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.writer.SourceFile.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes the sealed type of the ways in which an operation can end.
final class OutcomeWriter {
  private static final String SHAPE =
      """
      {comment}
      public sealed interface {type} {

        {outcomes}

        {query}

        {form}
      }
      """;

  private OutcomeWriter() {}

  static SourceFile write(Origin origin, Operation operation) {
    List<String> outcomes = new ArrayList<>();
    for (Outcome outcome : operation.outcomes()) {
      outcomes.add("");
      outcomes.addAll(outcome(operation, outcome));
    }
    String about =
        "How `%s` can end: the responses that the contract declares for it."
            .formatted(operation.id());
    String code =
        Template.of(SHAPE)
            .word("type", operation.typeName())
            .lines("comment", Comment.at(0).text(about).lines())
            .lines("outcomes", outcomes)
            .lines("query", query(operation))
            .lines("form", form(operation))
            .text();
    return SourceFile.of(origin, operation.typeName(), code);
  }

  private static List<String> outcome(Operation operation, Outcome outcome) {
    Comment comment =
        Comment.at(2).text("%d: %s".formatted(outcome.status(), outcome.description()));
    for (Outcome.Header header : outcome.headers()) {
      comment.tag("@param " + header.component(), header.description());
    }
    List<String> components = new ArrayList<>(body(outcome.content()).stream().toList());
    outcome
        .headers()
        .forEach(header -> components.add(headerType(header) + " " + header.component()));
    List<String> lines = new ArrayList<>(comment.lines());
    lines.addAll(
        record(outcome.name(), components, "implements %s {}".formatted(operation.typeName())));
    return lines;
  }

  private static Optional<String> body(Content content) {
    return switch (content) {
      case Content.Empty() -> Optional.empty();
      case Content.Json(var type) -> Optional.of(JavaType.boxed(type) + " body");
      case Content.Problem() -> Optional.of("Problem problem");
      case Content.Text(_) -> Optional.of("String body");
      case Content.Download(_) -> Optional.of("Download body");
    };
  }

  private static String headerType(Outcome.Header header) {
    return header.required()
        ? JavaType.plain(header.type())
        : "Optional<%s>".formatted(JavaType.boxed(header.type()));
  }

  private static List<String> form(Operation operation) {
    return operation.body().orElse(null) instanceof Body.Form form
        ? FormWriter.record(form)
        : List.of();
  }

  private static List<String> query(Operation operation) {
    List<Parameter> parameters = Signature.inQuery(operation);
    if (parameters.isEmpty()) {
      return List.of();
    }
    Comment comment = Comment.at(2).text("What is asked for beside the path.");
    List<String> components = new ArrayList<>();
    for (Parameter parameter : parameters) {
      boolean isDeprecated = parameter.deprecated();
      comment.tag(
          "@param " + parameter.variable(),
          RecordWriter.described(parameter.description(), isDeprecated));
      components.add(
          JavaType.of(parameter.type(), parameter.presence()) + " " + parameter.variable());
    }
    List<String> lines = new ArrayList<>(comment.lines());
    List<String> accessors = accessors(parameters);
    String end = accessors.isEmpty() ? ") {}" : ") {";
    lines.addAll(Layout.call(2, "record Query(", components, end));
    accessors.forEach(line -> lines.add(line.isEmpty() ? "" : "  " + line));
    if (!accessors.isEmpty()) {
      lines.add("}");
    }
    return lines;
  }

  private static List<String> accessors(List<Parameter> parameters) {
    Discretion discretion = new Discretion(4, "Query");
    parameters.forEach(parameter -> discretion.component(parameter.variable(), parameter.type()));
    Stream<List<String>> deprecated =
        parameters.stream()
            .filter(Parameter::deprecated)
            .map(parameter ->
                RecordWriter.accessor(
                    JavaType.of(parameter.type(), parameter.presence()), parameter.variable()));
    return Stream.concat(deprecated, Stream.of(discretion.lines())).flatMap(List::stream).toList();
  }

  /// A record that implements something: the break before that comes before any break between
  /// components.
  private static List<String> record(String name, List<String> components, String implementation) {
    String head = "record %s(".formatted(name);
    String all = head + String.join(", ", components) + ")";
    if (Layout.fits(2, all + " " + implementation)) {
      return List.of(all + " " + implementation);
    }
    List<String> lines = new ArrayList<>(Layout.call(2, head, components, ")"));
    lines.add("    " + implementation);
    return lines;
  }
}
