package dev.manyfactor.formation.draft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `.env.example`: the variables that the service reads, with values for trying it.
final class EnvironmentClue implements Clue {
  private static final Pattern LINE =
      Pattern.compile("(#\\s*)?(?:export\\s+)?([A-Z][A-Z0-9_]*)=(.*)");
  private static final String[] EXAMPLES = {
    ".env.example", ".env.sample", ".env.template", "env.example"
  };

  @Override
  public void look(Folder folder, Draft draft) {
    folder
        .first(EXAMPLES)
        .ifPresent(file -> folder.text(file).lines().forEach(line -> read(line, file, draft)));
  }

  /// The whole text; empty if there is none.
  static String text(Folder folder) {
    return folder.first(EXAMPLES).map(folder::text).orElse("");
  }

  private static void read(String line, String file, Draft draft) {
    Matcher parts = LINE.matcher(line.strip());
    if (!parts.matches()) {
      return;
    }
    String name = parts.group(2);
    String value = unquoted(parts.group(3).replaceFirst("(^|\\s+)#.*$", "").strip());
    if (name.equals("PORT") && value.matches("[1-9][0-9]{1,3}")) {
      draft.port(Integer.parseInt(value), file);
    }
    if (value.matches("postgres(ql)?://.*") && name.endsWith("_URL")) {
      draft.need(new Draft.Need("database", "postgres", name), file);
    }
    if (name.equals("OIDC_ISSUER")) {
      draft.need(new Draft.Need("identity", "oidc", ""), file);
    }
    if (!VariableNames.isSet(name, draft)) {
      declare(name, value, parts.group(1) == null, file, draft);
    }
  }

  private static void declare(
      String name, String value, boolean isAsked, String file, Draft draft) {
    Draft.Setting setting = VariableNames.setting(name, value, isAsked);
    if (isAsked && !setting.required()) {
      draft.ask("variables.%s: an example, and `required: true` if it must be set".formatted(name));
    }
    draft.variable(name, setting);
    draft.infer("variable " + name, file);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.matches("\".*\"|'.*'");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
