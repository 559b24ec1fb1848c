package dev.manyfactor.formation;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A violation of the manifest's schema in the words of its user: the rule, the value, what was
/// probably meant.
///
/// @param error what the validator says
/// @param surroundings the schema object that holds the violated keyword
record SchemaViolation(Error error, JsonNode surroundings) {

  SchemaViolation(Error error, Schema schema) {
    this(error, surroundings(error, schema));
  }

  private static JsonNode surroundings(Error error, Schema schema) {
    String pointer = String.valueOf(error.getSchemaLocation().getFragment());
    return schema.getSchemaNode().at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  String message() {
    String keyword = error.getKeyword();
    return switch (keyword) {
      case "additionalProperties" -> unknownKey();
      case "required" -> "\"%s\" is missing".formatted(error.getProperty());
      case "type" -> "must be %s, but is %s".formatted(types(), kind(error.getInstanceNode()));
      case "enum" -> notOneOf();
      case "pattern" ->
          "must be %s, but is %s".formatted(description(surroundings), error.getInstanceNode());
      case "propertyNames" ->
          "\"%s\" is not %s"
              .formatted(error.getProperty(), description(surroundings.path("propertyNames")));
      case "minimum", "maximum" ->
          "must be %s to %s, but is %s"
              .formatted(
                  surroundings.path("minimum"),
                  surroundings.path("maximum"),
                  error.getInstanceNode());
      case "minLength", "minItems", "minProperties" -> "must not be empty";
      default -> String.valueOf(error.getMessage());
    };
  }

  private String unknownKey() {
    List<String> known = new ArrayList<>(surroundings.path("properties").propertyNames());
    String word = String.valueOf(error.getProperty());
    String meant = Suggestion.didYouMean(word, known);
    return "unknown key \"%s\"%s"
        .formatted(word, meant.isEmpty() ? "; known are " + String.join(", ", known) : meant);
  }

  private String notOneOf() {
    List<String> allowed = surroundings.path("enum").valueStream().map(JsonNode::asString).toList();
    String value = String.valueOf(error.getInstanceNode()).replace("\"", "");
    return "must be one of %s, but is \"%s\"%s"
        .formatted(String.join(", ", allowed), value, Suggestion.didYouMean(value, allowed));
  }

  private static String description(JsonNode rule) {
    return rule.path("description").asString("as the schema says");
  }

  private String types() {
    JsonNode type = surroundings.path("type");
    return type.isArray()
        ? type.valueStream()
            .map(JsonNode::asString)
            .filter(name -> !name.equals("null"))
            .map(SchemaViolation::word)
            .collect(Collectors.joining(" or "))
        : word(type.asString());
  }

  private static String kind(JsonNode node) {
    return word(node.getNodeType().name().toLowerCase(Locale.ROOT));
  }

  private static String word(String jsonType) {
    return switch (jsonType) {
      case "object" -> "a mapping";
      case "array" -> "a list";
      case "integer" -> "a whole number";
      case "null", "missing" -> "nothing";
      default -> "a " + jsonType;
    };
  }
}
