package dev.manyfactor.formation.draft;

import dev.manyfactor.formation.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the name of a variable and one of its values say.
final class VariableNames {
  private static final Pattern SECRET =
      Pattern.compile("SECRET|PASSWORD|PASSWD|TOKEN|_KEY$|^KEY$|APIKEY|CREDENTIAL");
  private static final List<Variable.Kind> STRICT =
      List.of(
          Variable.Kind.BOOLEAN, Variable.Kind.NUMBER, Variable.Kind.DURATION, Variable.Kind.URL);

  /// What whoever starts a service sets by itself.
  private static final Set<String> SET =
      Set.of(
          "PORT",
          "HOST",
          "MANAGEMENT_PORT",
          "DRAIN_DELAY",
          "PATH",
          "HOME",
          "TMPDIR",
          "LANG",
          "PWD",
          "USER",
          "JAVA_HOME",
          "OIDC_ISSUER",
          "OIDC_AUDIENCE");

  private VariableNames() {}

  /// Whether the person need not say it.
  static boolean isSet(String name, Draft draft) {
    return SET.contains(name)
        || draft.needs().stream()
            .map(Draft.Need::variable)
            .filter(variable -> !variable.isEmpty())
            .anyMatch(variable ->
                name.equals(variable)
                    || name.equals(variable.replaceFirst("URL$", "MIGRATION_URL")));
  }

  /// A secret is a text without example, so that what an example of an environment holds is not
  /// repeated.
  ///
  /// @param value may be empty
  static Draft.Setting setting(String name, String value, boolean required) {
    Variable.Kind kind =
        STRICT.stream()
            .filter(candidate -> candidate.accepts(value))
            .findFirst()
            .orElse(Variable.Kind.TEXT);
    boolean secret = kind == Variable.Kind.TEXT && SECRET.matcher(name).find();
    Optional<String> example = secret || value.isEmpty() ? Optional.empty() : Optional.of(value);
    String type = kind.name().toLowerCase(Locale.ROOT);
    return new Draft.Setting(type, required && (secret || example.isPresent()), secret, example);
  }
}
