package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Access;
import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Idempotency;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.model.Transaction;
import dev.manyfactor.contract.writer.SourceFile.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes the interface that a service implements: one method for each operation.
final class ApiWriter {
  private static final String SHAPE =
      """
      {comment}
      public interface {api} {

        {methods}

        /// What a service serves when `api` answers: every operation of the contract.
        static Routes routes({api} api) {
          {operations}
          return new Routes("META-INF/manyfactor/{contract}.openapi.yaml", operations);
        }
      }
      """;

  private ApiWriter() {}

  /// `payments` becomes `PaymentsApi`.
  static String typeName(Contract contract) {
    return Arrays.stream(contract.name().split("[^A-Za-z0-9]+"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining())
        + "Api";
  }

  static SourceFile write(Origin origin, Contract contract) {
    String api = typeName(contract);
    List<String> operations =
        contract.operations().stream()
            .map(operation -> operation.typeName() + "Operation.of(api)")
            .toList();
    String code =
        Template.of(SHAPE)
            .word("api", api)
            .word("contract", contract.name())
            .lines("comment", comment(contract))
            .lines(
                "methods",
                contract.operations().stream()
                    .flatMap(operation -> method(operation).stream())
                    .toList())
            .lines(
                "operations",
                Layout.assignment(
                    4, "List<Operation> operations", Layout.Call.of("List.of", operations)))
            .text();
    return SourceFile.of(origin, api, code);
  }

  private static List<String> comment(Contract contract) {
    return Comment.at(0)
        .text(contract.title() + ": the operations that its contract promises.")
        .text(contract.description())
        .text("Implement it once; it is called for many requests at the same time.")
        .lines();
  }

  private static List<String> method(Operation operation) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(methodComment(operation));
    if (operation.deprecated()) {
      lines.add("@Deprecated");
    }
    String head = "%s %s(".formatted(operation.typeName(), operation.id());
    lines.addAll(Layout.call(2, head, Signature.of(operation).parameters(), ");"));
    return lines;
  }

  private static List<String> methodComment(Operation operation) {
    Comment comment =
        Comment.at(2)
            .text(operation.description())
            .text(
                "`%s %s`: %s."
                    .formatted(operation.method(), operation.path(), promises(operation)));
    comment.tag(
        "@param " + Signature.transaction(operation),
        transaction(operation.promises().transaction()));
    for (Parameter parameter : operation.parameters(Parameter.Place.PATH)) {
      comment.tag(
          "@param " + parameter.variable(),
          describedOr(parameter.description(), "`{%s}` of the path".formatted(parameter.name())));
    }
    if (!Signature.inQuery(operation).isEmpty()) {
      comment.tag("@param query", "the parameters beside the path");
    }
    operation
        .body()
        .ifPresent(body ->
            comment.tag(
                "@param body",
                describedOr(body.description(), kind(body) + " that came with the request")));
    if (operation.deprecated()) {
      comment.tag("@deprecated", "the contract asks callers to leave it");
    }
    return comment.lines();
  }

  private static String kind(Body body) {
    return switch (body) {
      case Body.Json _ -> "the document";
      case Body.File _ -> "the file";
      case Body.Form _ -> "the parts";
    };
  }

  private static String describedOr(String description, String otherwise) {
    return description.isEmpty() ? otherwise : description;
  }

  private static String promises(Operation operation) {
    Operation.Promises promises = operation.promises();
    String access =
        switch (promises.access()) {
          case Access.Public() -> "for everyone";
          case Access.Scopes(var all) when all.isEmpty() -> "for every known caller";
          case Access.Scopes(var all) ->
              "for callers with "
                  + all.stream().map("`%s`"::formatted).collect(Collectors.joining(" and "));
        };
    return access + "; " + repetition(promises.idempotency()) + "; within " + seconds(promises);
  }

  private static String repetition(Idempotency idempotency) {
    return switch (idempotency) {
      case Idempotency.Keyed() -> "one effect per `Idempotency-Key`";
      case Idempotency.Natural(var columns) -> "one effect per " + String.join(", ", columns);
      case Idempotency.Safe() -> "safe to repeat";
      case Idempotency.None(var reason) -> "not safe to repeat: " + reason;
    };
  }

  private static String seconds(Operation.Promises promises) {
    long millis = promises.deadline().toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " seconds" : millis + " milliseconds";
  }

  private static String transaction(Transaction transaction) {
    return switch (transaction) {
      case READ -> "a read-only transaction; no calls to other services";
      case WRITE -> "the transaction that commits with the response; no calls to other services";
      case CALL -> "to call other services first and write once after it";
      case NONE -> "who asks, and until when; there is no transaction";
    };
  }
}
