package dev.manyfactor.service;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.ConfigurationException;
import dev.manyfactor.config.Environment;
import dev.manyfactor.config.Problem;
import dev.manyfactor.config.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of the settings reference, made from a service that has everything.
///
/// A bound is asked for: each number and each duration is set too low and too high, and what the
/// refusal says is the bound.
final class SettingsPage {
  private static final Map<String, String> SECTIONS = sections();
  private static final Map<String, String> VALID =
      Map.of(
          "DATABASE_URL", "postgres://app@localhost/app",
          "OIDC_ISSUER", "https://login.example.com",
          "OIDC_AUDIENCE", "example",
          "UPSTREAM_URL", "http://localhost:1",
          "UPSTREAM_CLIENT_ID", "example",
          "UPSTREAM_CLIENT_SECRET", "hush",
          "WEB_RATE_LIMIT", "1");
  private static final Pattern BOUND = Pattern.compile("must (?:be )?(.+?) but is ");

  private final Supplier<Configuration> declared;

  /// @param declared every setting, not bound yet; asked for again and again
  SettingsPage(Supplier<Configuration> declared) {
    this.declared = declared;
  }

  /// The sections of the page, each with what its variables match.
  private static Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("The process", "RELEASE|DEPLOYMENT|LOG_LEVEL|.*(GRACE|DELAY|_WAIT)|TASK_TIMEOUT");
    sections.put("The API and the management port", "PORT|HOST|MANAGEMENT_PORT|RESPONSE_.*|WEB_.*");
    sections.put("The database", "DATABASE_.*");
    sections.put("Tokens", "OIDC_.*");
    sections.put("Answers kept for their keys", "IDEMPOTENCY_.*");
    sections.put("Jobs", "JOBS_.*");
    sections.put("A service that is called, `<NAME>` its name", "UPSTREAM_.*");
    sections.put("A schedule, `<NAME>` its name", "TIMETABLE_.*");
    return sections;
  }

  String text() {
    List<Variable> variables = declared.get().variables();
    return SECTIONS.entrySet().stream()
        .map(section -> section(section.getKey(), matching(variables, section.getValue())))
        .collect(Collectors.joining("\n"));
  }

  /// The variables that are in no section, or in several.
  List<String> misplaced() {
    return declared.get().variables().stream()
        .map(Variable::name)
        .filter(name -> SECTIONS.values().stream().filter(name::matches).count() != 1)
        .toList();
  }

  private static List<Variable> matching(List<Variable> variables, String pattern) {
    return variables.stream().filter(variable -> variable.name().matches(pattern)).toList();
  }

  private String section(String title, List<Variable> variables) {
    return variables.stream()
        .map(this::row)
        .collect(
            Collectors.joining(
                "",
                "## "
                    + title
                    + "\n\n| variable | what | type | default |\n| --- | --- | --- | --- |\n",
                ""));
  }

  private String row(Variable variable) {
    String file = variable.secret() ? "<br>or `" + shown(variable.name()) + "_FILE`" : "";
    String former =
        variable.formerNames().stream()
            .map(name -> "<br>deprecated: `" + shown(name) + "`")
            .collect(Collectors.joining());
    String bounds = bounds(variable).map(bound -> ", " + bound).orElse("");
    String fallback =
        variable.required()
            ? "**required**"
            : variable.name().equals("TIMETABLE_SCHEDULE")
                ? "stated where it is declared"
                : variable.defaultText().map(text -> "`" + text + "`").orElse("unset");
    return "| `%s`%s%s | %s | %s%s | %s |\n"
        .formatted(
            shown(variable.name()),
            file,
            former,
            variable.description(),
            variable.type(),
            bounds,
            fallback);
  }

  private static String shown(String variable) {
    return variable.replaceFirst("^(UPSTREAM|TIMETABLE)_", "<NAME>_");
  }

  private Optional<String> bounds(Variable variable) {
    List<String> bounds =
        extremes(variable.type())
            .flatMap(value -> refusal(variable.name(), value).stream())
            .distinct()
            .toList();
    return bounds.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", bounds));
  }

  private static Stream<String> extremes(String type) {
    return switch (type) {
      case "a whole number" -> Stream.of("-1", "0", "2147483647");
      case "a duration" -> Stream.of("0s", "100000d");
      default -> Stream.of();
    };
  }

  private Optional<String> refusal(String variable, String value) {
    Map<String, String> environment = new HashMap<>(VALID);
    environment.put(variable, value);
    List<String> problems = new ArrayList<>();
    try {
      declared.get().bind(Environment.of(environment));
    } catch (ConfigurationException refused) {
      refused.problems().stream().map(Problem::message).forEach(problems::add);
    }
    return problems.stream()
        .filter(message -> message.startsWith(variable + ' '))
        .map(BOUND::matcher)
        .filter(Matcher::find)
        .map(bound -> bound.group(1).replaceFirst(",$", ""))
        .findFirst();
  }
}
