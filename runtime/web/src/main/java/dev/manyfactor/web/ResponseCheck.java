package dev.manyfactor.web;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Parsed;
import dev.manyfactor.json.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an answer once more, as its client will, before it is sent: for tests and development.
///
/// Writing keeps the rules of the contract already; this finds what writing alone cannot see, such
/// as a codec that writes other than it reads, an answer made by hand, or a stored one of a former
/// release. Safe on many threads.
final class ResponseCheck {
  private static final String PROBLEM = "application/problem+json";
  private static final String JSON = "application/json";
  private static final Codec<Boolean> WELL_FORMED =
      new Codec<>() {
        @Override
        public @Nullable Boolean read(JsonReader in) {
          in.skip();
          return true;
        }

        @Override
        public void write(JsonWriter out, Boolean value) {
          throw new UnsupportedOperationException("this is only read");
        }
      };

  /// The answer, if it keeps the contract.
  ///
  /// @throws IllegalStateException naming every rule that it breaks and where
  Response checked(Operation operation, Response answer) {
    var broken = new ArrayList<Violation>();
    if (answer.body().length > 0) {
      String mediaType = mediaType(answer);
      checkMediaType(operation, answer.status(), mediaType, broken);
      if (mediaType.equals(JSON) || mediaType.equals(PROBLEM)) {
        checkBody(answer, broken);
      }
    }
    if (!broken.isEmpty()) {
      throw new IllegalStateException(message(operation, answer, broken));
    }
    return answer;
  }

  private static String mediaType(Response answer) {
    String type = answer.headers().getOrDefault(Response.CONTENT_TYPE, "");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip();
  }

  private static void checkMediaType(
      Operation operation, int status, String mediaType, List<Violation> broken) {
    boolean isProblem = mediaType.equals(PROBLEM);
    boolean isDeclared = status >= 400 ? isProblem : operation.produces().contains(mediaType);
    if (!isDeclared) {
      String declared = status >= 400 ? PROBLEM : String.join(" or ", operation.produces());
      broken.add(
          new Violation(
              "header.content-type", "content", "must be " + declared + ", but is " + mediaType));
    }
  }

  private static void checkBody(Response answer, List<Violation> broken) {
    switch (Json.parse(answer.body(), Codec.discreet(answer.codec().orElse(WELL_FORMED)))) {
      case Parsed.Valid<?> _ -> {
        // as it is promised
      }
      case Parsed.Invalid<?>(var violations) -> broken.addAll(violations);
      case Parsed.Malformed<?>(var detail) -> broken.add(new Violation("", "json", detail));
    }
  }

  private static String message(Operation operation, Response answer, List<Violation> broken) {
    var message = new StringBuilder();
    message
        .append("the answer of operation ")
        .append(operation.id())
        .append(", status ")
        .append(answer.status())
        .append(", breaks the contract:");
    for (Violation violation : broken) {
      message
          .append("\n  '")
          .append(violation.pointer())
          .append("': ")
          .append(violation.rule())
          .append(": ")
          .append(violation.detail());
    }
    return message.toString();
  }
}
