package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the method of an operation takes: the transaction, the path's parameters, all other
/// parameters in one record, the body.
///
/// The record lets a contract grow an optional parameter without breaking any handler.
///
/// @param parameters with their types, as they are declared
/// @param arguments as they are passed
record Signature(List<String> parameters, List<String> arguments) {
  static Signature of(Operation operation) {
    List<String> parameters = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    parameters.add(operation.promises().transaction().argument() + " " + transaction(operation));
    arguments.add(transaction(operation));
    for (Parameter parameter : operation.parameters(Parameter.Place.PATH)) {
      parameters.add(
          JavaType.of(parameter.type(), parameter.presence()) + " " + parameter.variable());
      arguments.add(parameter.variable());
    }
    if (!inQuery(operation).isEmpty()) {
      parameters.add(operation.typeName() + ".Query query");
      arguments.add("query");
    }
    if (operation.body().isPresent()) {
      parameters.add(bodyType(operation, operation.body().get()) + " body");
      arguments.add("body");
    }
    return new Signature(parameters, arguments);
  }

  /// The call of the method.
  String call(Operation operation) {
    return "api.%s(%s)".formatted(operation.id(), String.join(", ", arguments));
  }

  /// The name of the first parameter.
  static String transaction(Operation operation) {
    return operation.promises().transaction().argument().toLowerCase(Locale.ROOT);
  }

  /// The parameters that go into the record.
  static List<Parameter> inQuery(Operation operation) {
    return operation.parameters().stream()
        .filter(parameter -> parameter.place() != Parameter.Place.PATH)
        .toList();
  }

  static String bodyType(Operation operation, Body body) {
    String boxed =
        switch (body) {
          case Body.Json json -> JavaType.boxed(json.type());
          case Body.File _ -> "Upload";
          case Body.Form _ -> operation.typeName() + ".Form";
        };
    return body.required() ? boxed : "Optional<" + boxed + ">";
  }
}
