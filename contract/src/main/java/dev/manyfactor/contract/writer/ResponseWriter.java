package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.model.Outcome.Content;
import dev.manyfactor.contract.model.Type;
import java.util.ArrayList;
import java.util.List;

/// Writes how each outcome of an operation becomes a response.
final class ResponseWriter {
  private static final String SHAPE =
      """
      private static Response response({type} outcome) {
        return switch (outcome) {
          {cases}
        };
      }
      """;

  private ResponseWriter() {}

  static List<String> write(Operation operation) {
    List<String> cases = new ArrayList<>();
    for (Outcome outcome : operation.outcomes()) {
      String variable = variable(outcome);
      String head = "case %s.%s %s ->".formatted(operation.typeName(), outcome.name(), variable);
      List<Layout.Call> chain = new ArrayList<>(List.of(body(outcome, variable)));
      outcome.headers().forEach(header -> chain.add(header(outcome, header, variable)));
      cases.addAll(Layout.statement(6, head, chain));
    }
    return Template.of(SHAPE).word("type", operation.typeName()).lines("cases", cases).filled();
  }

  /// The scalars and codecs that an outcome needs made.
  static List<String> constants(Outcome outcome) {
    List<String> constants = new ArrayList<>();
    if (outcome.content() instanceof Content.Json(Type type)) {
      constants.addAll(OperationWriter.constant(bodyConstant(outcome), type));
    }
    for (Outcome.Header header : outcome.headers()) {
      constants.addAll(OperationWriter.constant(headerConstant(outcome, header), header.type()));
    }
    return constants;
  }

  private static String variable(Outcome outcome) {
    boolean isUsed = !(outcome.content() instanceof Content.Empty) || !outcome.headers().isEmpty();
    return isUsed
        ? Character.toLowerCase(outcome.name().charAt(0)) + outcome.name().substring(1)
        : "_";
  }

  private static Layout.Call body(Outcome outcome, String variable) {
    String status = Integer.toString(outcome.status());
    return switch (outcome.content()) {
      case Content.Empty() -> Layout.Call.of("Response.empty", status);
      case Content.Problem() -> Layout.Call.of("Response.problem", status, variable + ".problem()");
      case Content.Json(var type) -> {
        String codec = OperationWriter.codec(bodyConstant(outcome), type);
        yield Layout.Call.of("Response.json", status, codec, variable + ".body()");
      }
      case Content.Download(var mediaType) ->
          Layout.Call.of(
              "Response.download", status, Expression.string(mediaType), variable + ".body()");
      case Content.Text(var mediaType) -> {
        String media = Expression.string(mediaType + "; charset=utf-8");
        String bytes = variable + ".body().getBytes(StandardCharsets.UTF_8)";
        yield Layout.Call.of("Response.of", status, media, bytes);
      }
    };
  }

  private static Layout.Call header(Outcome outcome, Outcome.Header header, String variable) {
    String scalar = OperationWriter.codec(headerConstant(outcome, header), header.type());
    String value = "%s.%s()".formatted(variable, header.component());
    String text =
        header.required()
            ? "%s.text(%s)".formatted(scalar, value)
            : "%s.map(%s::text)".formatted(value, scalar);
    return Layout.Call.of(".header", Expression.string(header.name()), text);
  }

  private static String bodyConstant(Outcome outcome) {
    return CodecWriter.constantName(outcome.name()) + "_BODY";
  }

  private static String headerConstant(Outcome outcome, Outcome.Header header) {
    return CodecWriter.constantName(outcome.name())
        + "_"
        + CodecWriter.constantName(header.component());
  }
}
