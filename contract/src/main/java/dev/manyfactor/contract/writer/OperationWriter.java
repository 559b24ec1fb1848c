package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.writer.SourceFile.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes the class between the server and the interface: what the runtime has to know of an
/// operation, how a request becomes arguments, how an outcome becomes a response.
final class OperationWriter {
  private static final String SHAPE =
      """
      /// How a request becomes a call of [{api}#{id}], and its outcome a response.
      {suppression}
      final class {type}Operation {
        {constants}

        private {type}Operation() {}

        static Operation of({api} api) {
          {facts}
        }

        /// Reads the request; where a value breaks a rule, the action that is returned never runs.
        private static Action<{transactionType}> prepare({api} api, Input input) {
          {arguments}
          {action}
        }

        {responses}
      }
      """;

  private final Contract contract;
  private final Operation operation;
  private final Signature signature;

  OperationWriter(Contract contract, Operation operation) {
    this.contract = contract;
    this.operation = operation;
    this.signature = Signature.of(operation);
  }

  SourceFile write(Origin origin, String api) {
    String code =
        Template.of(SHAPE)
            .word("api", api)
            .word("type", operation.typeName())
            .word("id", operation.id())
            .word("transactionType", operation.promises().transaction().argument())
            .lines("suppression", SourceFile.suppression(operation.deprecated()))
            .lines("constants", constants())
            .lines("facts", OperationFacts.write(operation))
            .lines("arguments", arguments())
            .lines("action", action())
            .lines("responses", ResponseWriter.write(operation))
            .text();
    return SourceFile.of(origin, operation.typeName() + "Operation", code);
  }

  /// The scalars that have to be made, once.
  private List<String> constants() {
    List<String> constants = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      constants.addAll(constant(CodecWriter.constantName(parameter.variable()), parameter.type()));
    }
    operation.body().ifPresent(body -> constants.addAll(constants(body)));
    for (Outcome outcome : operation.outcomes()) {
      constants.addAll(ResponseWriter.constants(outcome));
    }
    return constants;
  }

  private List<String> constants(Body body) {
    return switch (body) {
      case Body.Json json -> constant("BODY", json.type());
      case Body.File _ -> List.of();
      case Body.Form form -> new FormWriter(contract, form).constants();
    };
  }

  /// The constant of a codec, if it has to be made.
  static List<String> constant(String name, Type type) {
    Optional<String> made = Expression.madeCodec(type);
    return made.isEmpty()
        ? List.of()
        : Layout.statement(
            2, "private static final %s %s =".formatted(made.get(), name), Expression.codec(type));
  }

  /// How generated code names the codec of `type`: by its constant if it has one.
  static String codec(String constant, Type type) {
    return Expression.madeCodec(type).isPresent() ? constant : Expression.codec(type);
  }

  private List<String> arguments() {
    List<String> lines = new ArrayList<>();
    operation.parameters().forEach(parameter -> lines.addAll(argument(parameter)));
    operation.body().ifPresent(body -> lines.addAll(argument(body)));
    return lines;
  }

  private List<String> argument(Parameter parameter) {
    String codec = codec(CodecWriter.constantName(parameter.variable()), parameter.type());
    Layout.Call source =
        Layout.Call.of("input." + source(parameter), Expression.string(parameter.name()));
    Layout.Call read =
        switch (parameter.presence()) {
          case Presence.Required() -> Layout.Call.of(".required", codec);
          case Presence.Default(_) -> withDefault(parameter, codec);
          case Presence.DefaultItems(_) -> withDefault(parameter, codec);
          case Presence.Optional() -> Layout.Call.of(".optional", codec);
          case Presence.Nullable() -> Layout.Call.of(".optional", codec);
          case Presence.OptionalOrNull() -> Layout.Call.of(".optional", codec);
        };
    String head = "%s %s =".formatted(variableType(parameter), parameter.variable());
    return Layout.statement(4, head, List.of(source, read));
  }

  private Layout.Call withDefault(Parameter parameter, String codec) {
    String absent = Literal.of(contract, parameter.type(), parameter.presence()).orElseThrow();
    return Layout.Call.of(".withDefault", codec, absent);
  }

  private static String source(Parameter parameter) {
    String place = parameter.place().name().toLowerCase(Locale.ROOT);
    return switch (parameter.notation()) {
      case SINGLE -> place;
      case REPEATED -> place;
      case SEPARATED -> place + "List";
      case SPACED -> place + "SpacedList";
      case PIPED -> place + "PipedList";
    };
  }

  /// A number that is required stays boxed: it is null where it breaks a rule.
  private static String variableType(Parameter parameter) {
    boolean hasDefault =
        parameter.presence() instanceof Presence.Default
            || parameter.presence() instanceof Presence.DefaultItems;
    return hasDefault
        ? JavaType.plain(parameter.type())
        : JavaType.boxed(parameter.type(), parameter.presence());
  }

  private List<String> argument(Body body) {
    return switch (body) {
      case Body.Json json -> argument(body, "input.body", codec("BODY", json.type()));
      case Body.File _ -> argument(body, "input.file");
      case Body.Form form -> new FormWriter(contract, form).arguments();
    };
  }

  private List<String> argument(Body body, String source, String... codec) {
    Layout.Call read =
        body.required()
            ? Layout.Call.of(source, codec)
            : Layout.Call.of(
                "Optional.ofNullable", "%s(%s)".formatted(source, String.join("", codec)));
    return Layout.statement(4, Signature.bodyType(operation, body) + " body =", List.of(read));
  }

  private List<String> action() {
    String transaction = Signature.transaction(operation);
    String call = signature.call(operation);
    List<String> query = Signature.inQuery(operation).stream().map(Parameter::variable).toList();
    List<String> form =
        operation.body().orElse(null) instanceof Body.Form body
            ? new FormWriter(contract, body).variables()
            : List.of();
    if (query.isEmpty() && form.isEmpty()) {
      String head = "return %s ->".formatted(transaction);
      return Layout.statement(4, head, List.of(Layout.Call.of("response", call)));
    }
    List<String> lines = new ArrayList<>(List.of("return %s -> {".formatted(transaction)));
    lines.addAll(made("Query", "query", query));
    lines.addAll(made("Form", "body", form));
    lines.add("  return response(%s);".formatted(call));
    lines.add("};");
    return lines;
  }

  /// A record made of variables, for the action to pass on; nothing if there are none.
  private List<String> made(String type, String variable, List<String> variables) {
    if (variables.isEmpty()) {
      return List.of();
    }
    String full = operation.typeName() + "." + type;
    return Layout.assignment(6, full + " " + variable, Layout.Call.of("new " + full, variables))
        .stream()
        .map(line -> "  " + line)
        .toList();
  }
}
