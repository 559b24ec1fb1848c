package dev.manyfactor.formation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The variables of an environment that a JSON Schema describes: one property for each.
///
/// `required` says which must be set, also where it offers a variable or its `…_FILE`; `writeOnly`
/// says which are secret. What a value has to be is told by `type`, `format`, `enum`, `pattern` and
/// `examples`; what cannot be told is text. `examples`, `default` or a choice of `enum` is the
/// example.
public final class Variables {
  private static final String FILE = "_FILE";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,200}");

  private Variables() {}

  /// Reads a schema.
  ///
  /// @return in the order of the schema, without the `…_FILE` of another variable
  /// @throws FormationException 78 if the text is no JSON object with `properties`
  public static List<Variable> of(String schema) {
    JsonNode tree = parse(schema);
    JsonNode properties = tree.path("properties");
    if (!properties.isObject()) {
      throw new FormationException(
          ExitCode.CONFIG,
          "the schema of the variables has no `properties`; let it be a JSON Schema of an object with one property for each variable");
    }
    Set<String> required = required(tree);
    List<Variable> variables = new ArrayList<>();
    properties
        .propertyStream()
        .filter(entry -> NAME.matcher(entry.getKey()).matches())
        .filter(entry -> !isFileOfAnother(entry.getKey(), properties))
        .forEach(entry ->
            variables.add(
                variable(entry.getKey(), entry.getValue(), required.contains(entry.getKey()))));
    return List.copyOf(variables);
  }

  private static JsonNode parse(String schema) {
    try {
      return JsonMapper.shared().readTree(schema);
    } catch (JacksonException malformed) {
      throw new FormationException(
          ExitCode.CONFIG,
          "the schema of the variables is no JSON (line %d, column %d); let the command print a JSON Schema and nothing else to standard output"
              .formatted(
                  malformed.getLocation().getLineNr(), malformed.getLocation().getColumnNr()));
    }
  }

  private static boolean isFileOfAnother(String name, JsonNode properties) {
    return name.endsWith(FILE) && properties.has(name.substring(0, name.length() - FILE.length()));
  }

  /// Those that must be set, themselves or by their file.
  private static Set<String> required(JsonNode tree) {
    Set<String> names = new HashSet<>();
    Stream.concat(Stream.of(tree), tree.path("allOf").valueStream())
        .forEach(part -> {
          part.path("required").forEach(name -> names.add(name.asString("")));
          choice(part.path("oneOf")).ifPresent(names::add);
          choice(part.path("anyOf")).ifPresent(names::add);
        });
    return names;
  }

  /// The variable of which it, or its file, must be set.
  private static Optional<String> choice(JsonNode alternatives) {
    List<String> names =
        alternatives
            .valueStream()
            .map(alternative -> alternative.path("required").path(0).asString(""))
            .toList();
    return names.stream()
        .filter(name -> names.size() == 2 && names.contains(name + FILE))
        .findFirst();
  }

  private static Variable variable(String name, JsonNode property, boolean required) {
    Optional<String> example = example(property);
    return new Variable(
        name,
        kind(property, example),
        required,
        property.path("writeOnly").asBoolean(false),
        example);
  }

  private static Optional<String> example(JsonNode property) {
    return Stream.of(
            property.path("examples").path(0),
            property.path("default"),
            property.path("enum").path(0))
        .filter(JsonNode::isValueNode)
        .map(node -> node.asString(""))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static Variable.Kind kind(JsonNode property, Optional<String> example) {
    String type = property.path("type").asString("");
    String format = property.path("format").asString("");
    if (type.equals("boolean") || isChoiceOfTruth(property.path("enum"))) {
      return Variable.Kind.BOOLEAN;
    }
    if (type.equals("integer") || type.equals("number")) {
      return Variable.Kind.NUMBER;
    }
    if (format.equals("duration") || takes(property, "5s") || takes(property, "PT5S")) {
      return Variable.Kind.DURATION;
    }
    if (takes(property, "5")) {
      return Variable.Kind.NUMBER;
    }
    boolean isAddress =
        format.equals("uri") || example.filter(Variable.Kind.URL::accepts).isPresent();
    return isAddress ? Variable.Kind.URL : Variable.Kind.TEXT;
  }

  private static boolean isChoiceOfTruth(JsonNode choices) {
    return !choices.isEmpty()
        && choices
            .valueStream()
            .allMatch(choice -> Variable.Kind.BOOLEAN.accepts(choice.asString("")));
  }

  /// Whether its pattern lets this value through, and not any word.
  private static boolean takes(JsonNode property, String value) {
    if (!property.has("pattern")) {
      return false;
    }
    try {
      Pattern pattern = Pattern.compile(property.get("pattern").asString(""));
      return pattern.matcher(value).find() && !pattern.matcher("word").find();
    } catch (PatternSyntaxException notOfJava) {
      return false;
    }
  }
}
