package dev.manyfactor.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns what the constructor of a record said into a problem of its variables.
///
/// The author of a record writes `attempts must be 1 or more`; the operator reads `CARDS_ATTEMPTS
/// must be 1 or more`.
final class CheckMessage {
  private CheckMessage() {}

  /// @param secrets texts that must not appear
  /// @param asGiven the former names that gave values, by their present names
  static Problem problem(
      SettingsRecord shape, String message, List<String> secrets, Map<String, String> asGiven) {
    Map<String, String> variables = variables(shape);
    variables.replaceAll((component, variable) -> asGiven.getOrDefault(variable, variable));
    Set<String> named = new LinkedHashSet<>();
    var text = new StringBuilder();
    Matcher matcher =
        anyOf(variables.keySet()).matcher(DurationText.asWritten(withoutSecrets(message, secrets)));
    while (matcher.find()) {
      String variable = variables.getOrDefault(matcher.group(1), matcher.group());
      String shown = named.add(variable) ? variable : matcher.group();
      matcher.appendReplacement(text, Matcher.quoteReplacement(shown));
    }
    matcher.appendTail(text);
    return named.isEmpty()
        ? new Problem(whole(shape), whole(shape) + " is refused: " + text)
        : new Problem(named.iterator().next(), text.toString());
  }

  private static Map<String, String> variables(SettingsRecord shape) {
    return shape
        .settings()
        .collect(Collectors.toMap(Setting::component, Setting::variable, (outer, inner) -> outer));
  }

  private static Pattern anyOf(Set<String> components) {
    String names = components.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile("(?<![\\w./-])(?:\\w+\\.)?(" + names + ")(?![\\w-])");
  }

  private static String withoutSecrets(String message, List<String> secrets) {
    String safe = message;
    for (String secret : secrets) {
      safe = safe.replace(secret, Secret.MASK);
    }
    return safe;
  }

  /// The one variable of the record, or all of them.
  private static String whole(SettingsRecord shape) {
    List<Setting> settings = shape.settings().toList();
    if (settings.size() == 1) {
      return settings.getFirst().variable();
    }
    return shape.prefix().isEmpty() ? shape.type().getSimpleName() : shape.prefix() + "_*";
  }
}
