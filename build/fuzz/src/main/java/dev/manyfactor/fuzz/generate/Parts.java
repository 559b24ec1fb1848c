package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.contract.ApiParameter;
import dev.manyfactor.fuzz.document.Document;
import dev.manyfactor.fuzz.document.Notation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request before it is written: what is said for each parameter, and the document.
///
/// @param parameters the texts of each that is given, several for a list
/// @param body a document
/// @param payload another body; there are never both
/// @param headers those that are no parameters
record Parts(
    ApiOperation operation,
    Map<ApiParameter, List<String>> parameters,
    Optional<Document> body,
    Optional<Payload> payload,
    List<Draft.Header> headers) {

  Parts {
    parameters = new LinkedHashMap<>(parameters);
    headers = List.copyOf(headers);
  }

  /// The same with other texts for a parameter; none of them leaves it away.
  Parts with(ApiParameter parameter, List<String> texts) {
    var more = new LinkedHashMap<>(parameters);
    more.put(parameter, texts);
    return new Parts(operation, more, body, payload, headers);
  }

  Parts with(Document document) {
    return new Parts(operation, parameters, Optional.of(document), Optional.empty(), headers);
  }

  Parts with(Payload other) {
    return new Parts(operation, parameters, Optional.empty(), Optional.of(other), headers);
  }

  /// The body as a plain client would write it; empty if there is none.
  Optional<byte[]> plain() {
    return payload
        .map(it -> it.bytes().array())
        .or(() -> body.map(document -> Maker.bytes(Notation.plain(document))));
  }

  /// The head as it is written.
  Draft.Head head(Chance chance) {
    var escapes = new Escapes(chance);
    String path = operation.path();
    var query = new ArrayList<String>();
    var lines = new ArrayList<>(headers);
    for (Map.Entry<ApiParameter, List<String>> given : parameters.entrySet()) {
      ApiParameter parameter = given.getKey();
      List<String> texts = given.getValue();
      switch (parameter.in()) {
        case PATH ->
            path = path.replace("{" + parameter.name() + "}", escapes.segment(texts.getFirst()));
        case QUERY -> query.addAll(pairs(parameter, texts, escapes));
        case HEADER -> {
          if (!texts.isEmpty()) {
            String comma = chance.pickText(",", ", ", " ,\t");
            lines.add(new Draft.Header(parameter.name(), String.join(comma, texts)));
          }
        }
      }
    }
    return new Draft.Head(operation.method(), path, query, chance.shuffled(lines));
  }

  private static List<String> pairs(ApiParameter parameter, List<String> texts, Escapes escapes) {
    List<String> values = texts.stream().map(escapes::value).toList();
    if (texts.isEmpty() || parameter.separator().isEmpty()) {
      return values.stream().map(value -> parameter.name() + "=" + value).toList();
    }
    return List.of(parameter.name() + "=" + String.join(parameter.separator().get(), values));
  }
}
