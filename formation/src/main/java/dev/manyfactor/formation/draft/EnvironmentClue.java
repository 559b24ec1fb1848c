package dev.manyfactor.formation.draft;

import dev.manyfactor.formation.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `.env.example` and the sources: which variables the service reads.
final class EnvironmentClue implements Clue {
  private static final Pattern LINE =
      Pattern.compile("(#\\s*)?(?:export\\s+)?([A-Z][A-Z0-9_]*)=(.*)");
  private static final Pattern READ =
      Pattern.compile(
          "(?:process\\.env\\.|process\\.env\\[|environ\\.get\\(|environ\\[|[gG]etenv\\(|LookupEnv\\(|ENV\\[|ENV\\.fetch\\()\\s*['\"]?([A-Z][A-Z0-9_]*)");
  private static final Pattern TAKEN_APART =
      Pattern.compile("\\{([^{}]{1,2000})}\\s*=\\s*process\\.env\\b");
  private static final Pattern WORD = Pattern.compile("\\b[A-Z][A-Z0-9_]*\\b");
  private static final Pattern SECRET =
      Pattern.compile("SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_KEY|CREDENTIAL");

  private static final String[] EXAMPLES = {
    ".env.example", ".env.sample", ".env.template", "env.example"
  };

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

  @Override
  public void look(Folder folder, Draft draft) {
    folder
        .first(EXAMPLES)
        .ifPresent(file -> folder.text(file).lines().forEach(line -> example(line, file, draft)));
    for (String source : folder.sources()) {
      String text = folder.text(source);
      READ.matcher(text).results().forEach(found -> read(found.group(1), source, draft));
      TAKEN_APART
          .matcher(text)
          .results()
          .flatMap(found -> WORD.matcher(found.group(1)).results())
          .forEach(found -> read(found.group(), source, draft));
    }
  }

  /// The text of an example of the environment; empty if there is none.
  static String example(Folder folder) {
    return folder.first(EXAMPLES).map(folder::text).orElse("");
  }

  private static void example(String line, String file, Draft draft) {
    Matcher parts = LINE.matcher(line.strip());
    if (!parts.matches()) {
      return;
    }
    String name = parts.group(2);
    String value = unquoted(parts.group(3).replaceFirst("\\s+#.*$", "").strip());
    if (name.equals("PORT") && value.matches("[1-9][0-9]{1,3}")) {
      draft.port(Integer.parseInt(value), file);
    }
    if (value.matches("postgres(ql)?://.*") && name.endsWith("_URL")) {
      draft.need(new Draft.Need("database", "postgres", name), file);
    }
    if (name.equals("OIDC_ISSUER")) {
      draft.need(new Draft.Need("identity", "oidc", ""), file);
    }
    if (!isSet(name, draft)) {
      declare(name, value, parts.group(1) == null, draft);
      draft.infer("variable " + name, file);
    }
  }

  private static void declare(String name, String value, boolean isAsked, Draft draft) {
    Variable.Kind kind =
        List.of(
                Variable.Kind.BOOLEAN,
                Variable.Kind.NUMBER,
                Variable.Kind.DURATION,
                Variable.Kind.URL)
            .stream()
            .filter(candidate -> candidate.accepts(value))
            .findFirst()
            .orElse(Variable.Kind.TEXT);
    boolean isText = kind == Variable.Kind.TEXT;
    boolean secret = SECRET.matcher(name).find() && isText;
    boolean required = isAsked && (secret || !value.isEmpty());
    if (isAsked && !required) {
      draft.ask("variables.%s: an example, and `required: true` if it must be set".formatted(name));
    }
    Optional<String> example = secret || value.isEmpty() ? Optional.empty() : Optional.of(value);
    String type = kind.name().toLowerCase(Locale.ROOT);
    draft.variable(name, new Draft.Setting(type, required, secret, example));
  }

  private static void read(String name, String source, Draft draft) {
    if (name.equals("OIDC_ISSUER")) {
      draft.need(new Draft.Need("identity", "oidc", ""), source);
    }
    if (!isSet(name, draft) && !draft.variables().containsKey(name)) {
      boolean secret = SECRET.matcher(name).find();
      draft.variable(name, new Draft.Setting("text", false, secret, Optional.empty()));
      draft.infer("variable " + name, source);
      draft.ask(
          "variables.%s: its type, and `required: true` with an example if it must be set"
              .formatted(name));
    }
  }

  private static boolean isSet(String name, Draft draft) {
    return SET.contains(name)
        || draft.needs().stream()
            .map(Draft.Need::variable)
            .filter(variable -> !variable.isEmpty())
            .anyMatch(variable ->
                name.equals(variable)
                    || name.equals(variable.replaceFirst("URL$", "MIGRATION_URL")));
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.matches("(?s)\".*\"|'.*'");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
