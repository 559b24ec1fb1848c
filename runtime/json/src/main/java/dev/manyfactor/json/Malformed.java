package dev.manyfactor.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// Says in our own words why a document is not JSON: the parser's words quote the document.
final class Malformed {
  private static final String BOUNDS =
      "beyond a bound: nesting %d deep, names of %d, numbers of %d, strings of %d characters"
          .formatted(Json.MAX_DEPTH, Json.MAX_NAME, Json.MAX_NUMBER, Json.MAX_STRING);

  private Malformed() {}

  static String detail(JacksonException cause) {
    TokenStreamLocation at = cause.getLocation();
    String reason = reason(cause);
    return at == null || at.getLineNr() < 1
        ? reason
        : "line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), reason);
  }

  static StreamReadException exception(JsonParser parser, String reason) {
    return new Refused(parser, reason);
  }

  private static String reason(JacksonException cause) {
    return switch (cause) {
      case Refused refused -> refused.getOriginalMessage();
      case UnexpectedEndOfInputException _ -> "the document ends too early";
      case StreamConstraintsException _ -> BOUNDS;
      default ->
          cause.getOriginalMessage().startsWith("Duplicate")
              ? "a field has the same name as one before it"
              : "not valid JSON";
    };
  }

  /// A rule of this module rather than of the parser.
  private static final class Refused extends StreamReadException {
    private static final long serialVersionUID = 1L;

    Refused(JsonParser parser, String reason) {
      super(parser, reason, parser.currentTokenLocation());
    }
  }
}
