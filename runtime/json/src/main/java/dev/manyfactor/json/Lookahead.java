package dev.manyfactor.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Looks for one field of an object before the object is read.
///
/// @param isThere whether the object has the field
/// @param text its value; null if that is no string
record Lookahead(boolean isThere, @Nullable String text) {
  private static final Lookahead ABSENT = new Lookahead(false, null);

  /// Looks with a parser of its own, which stands before the object.
  static Lookahead in(JsonParser ahead, String field) {
    try (ahead) {
      ahead.nextToken();
      while (ahead.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isIt = ahead.currentName().equals(field);
        boolean isText = ahead.nextToken() == JsonToken.VALUE_STRING;
        if (isIt) {
          return new Lookahead(true, isText ? ahead.getString() : null);
        }
        ahead.skipChildren();
      }
      return ABSENT;
    } catch (JacksonException broken) {
      return ABSENT; // the reader comes to the same place, and says what is wrong
    }
  }
}
