package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Access;
import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Idempotency;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes what the runtime has to know of an operation before it can serve it.
final class OperationFacts {
  private static final int MAX_BODY = 1 << 20;
  private static final Set<String> REPLAYED_ANYWAY = Set.of("location", "etag");

  private OperationFacts() {}

  static List<String> write(Operation operation) {
    List<String> media =
        operation.outcomes().stream().flatMap(OperationFacts::successType).distinct().toList();
    boolean isJson = media.isEmpty() || media.equals(List.of("application/json"));
    String indent = isJson ? "    " : "        "; // deeper where another call follows
    List<String> lines = new ArrayList<>(List.of("return new Operation("));
    arguments(operation, indent).forEach(argument -> lines.add(indent + argument));
    if (isJson) {
      lines.set(lines.size() - 1, lines.getLast() + ";");
    } else {
      lines.add("    .producing(%s);".formatted(strings(media)));
    }
    return lines;
  }

  private static List<String> arguments(Operation operation, String indent) {
    Operation.Promises promises = operation.promises();
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            Expression.string(operation.id()) + ",",
            "Method." + operation.method() + ",",
            Expression.string(operation.path()) + ",",
            access(promises.access()) + ",",
            idempotent(operation) + ",",
            deadline(promises.deadline()) + ","));
    lines.addAll(bodyRule(operation, indent));
    lines.add(
        "new Handler.%s(input -> prepare(api, input)))"
            .formatted(promises.transaction().handler()));
    return lines;
  }

  private static String access(Access access) {
    return switch (access) {
      case Access.Public() -> "new Access.Public()";
      case Access.Scopes(var all) -> "new Access.Scopes(Set.of(%s))".formatted(strings(all));
    };
  }

  private static String idempotent(Operation operation) {
    return switch (operation.promises().idempotency()) {
      case Idempotency.Keyed() -> keyed(operation);
      case Idempotency.Natural(var columns) ->
          "new Idempotent.Natural(List.of(%s))".formatted(strings(columns));
      case Idempotency.Safe() -> "new Idempotent.Safe()";
      case Idempotency.None(var reason) ->
          "new Idempotent.None(%s)".formatted(Expression.string(reason));
    };
  }

  /// With the headers of its own that a repetition is sent again.
  private static String keyed(Operation operation) {
    List<String> own =
        operation.outcomes().stream()
            .flatMap(outcome -> outcome.headers().stream())
            .map(Outcome.Header::name)
            .filter(name -> !REPLAYED_ANYWAY.contains(name.toLowerCase(Locale.ROOT)))
            .distinct()
            .toList();
    return own.isEmpty()
        ? "new Idempotent.Keyed()"
        : "new Idempotent.Keyed(Set.of(%s))".formatted(strings(own));
  }

  private static String deadline(Duration deadline) {
    long millis = deadline.toMillis();
    return millis % 1000 == 0
        ? "Duration.ofSeconds(%s)".formatted(Expression.number(millis / 1000))
        : "Duration.ofMillis(%s)".formatted(Expression.number(millis));
  }

  private static String strings(List<String> texts) {
    return texts.stream().distinct().map(Expression::string).collect(Collectors.joining(", "));
  }

  private static Stream<String> successType(Outcome outcome) {
    return switch (outcome.content()) {
      case Outcome.Content.Json(_) -> Stream.of("application/json");
      case Outcome.Content.Text(var mediaType) -> Stream.of(mediaType);
      case Outcome.Content.Download(var mediaType) -> Stream.of(mediaType);
      case Outcome.Content.Problem() -> Stream.empty();
      case Outcome.Content.Empty() -> Stream.empty();
    };
  }

  private static List<String> bodyRule(Operation operation, String indent) {
    if (operation.body().isEmpty()) {
      return List.of("BodyRule.NONE,");
    }
    Layout.Call rule =
        switch (operation.body().get()) {
          case Body.Json json ->
              Layout.Call.of(
                  "BodyRule.json", Boolean.toString(json.required()), Expression.number(MAX_BODY));
          case Body.File file -> Layout.Call.of("BodyRule.file", file(file));
          case Body.Form form -> Layout.Call.of("BodyRule.form", FormWriter.rules(form));
        };
    return Layout.call(indent.length() + 4, rule.head(), rule.arguments(), "),");
  }

  private static List<String> file(Body.File file) {
    return Stream.concat(
            Stream.of(Boolean.toString(file.required()), Expression.number(file.maxBytes())),
            file.mediaTypes().stream().map(Expression::string))
        .toList();
  }
}
