package dev.manyfactor.formation;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// What stands for `{unique}` and for `{operation.member}` in the texts of one request of
/// [Chaos.Operation].
///
/// @param unique small letters and digits that no other request has
/// @param answers a value for each `operation.member`; one that is missing is an error when it is
///   needed
public record Placeholders(String unique, Map<String, String> answers) {
  static final String UNIQUE = "unique";
  static final Pattern PLACEHOLDER =
      Pattern.compile("\\{([A-Za-z][A-Za-z0-9-]*)(?:\\.([A-Za-z0-9_.-]+))?}");

  /// Copies the answers.
  public Placeholders {
    answers = Map.copyOf(answers);
  }

  /// The operations that a text takes values from.
  public static Set<String> operations(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .filter(found -> found.group(2) != null)
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /// The members of one operation's answers that a text takes, for example `owner.id`.
  public static Set<String> members(String text, String operation) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .filter(found -> found.group(2) != null && found.group(1).equals(operation))
        .map(found -> found.group(2))
        .collect(Collectors.toSet());
  }

  /// A text as it is.
  public String inText(String text) {
    return filled(text, UnaryOperator.identity());
  }

  /// A path and a query, with what is put in encoded.
  public String inPath(String path) {
    return filled(path, value -> URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /// JSON, with what is put into its strings escaped.
  public String inJson(String json) {
    return filled(json, Placeholders::escaped);
  }

  /// SQL, with what is put into its strings escaped.
  public String inSql(String sql) {
    return filled(sql, value -> value.replace("'", "''"));
  }

  private static String escaped(String value) {
    String quoted = JsonMapper.shared().writeValueAsString(value);
    return quoted.substring(1, quoted.length() - 1);
  }

  private String filled(String text, UnaryOperator<String> encoding) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(encoding.apply(value(found.group()))));
  }

  private String value(String placeholder) {
    String name = placeholder.substring(1, placeholder.length() - 1);
    String value = name.equals(UNIQUE) ? unique : answers.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "there is no value for %s; known are %s".formatted(placeholder, answers.keySet()));
    }
    return value;
  }
}
