package dev.manyfactor.formation.draft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sources: which variables they read, and what they take where one is not set.
final class SourcesClue implements Clue {
  private static final Pattern READS =
      Pattern.compile("process\\.env|environ\\b|[gG]etenv|LookupEnv|\\bENV\\b");

  /// `process.env.NAME`, `getenv("NAME")`.
  private static final Pattern READ =
      Pattern.compile(
          "(?:process\\.env\\.|process\\.env\\[|environ\\.get\\(|environ\\[|[gG]etenv\\(|LookupEnv\\(|ENV\\[|ENV\\.fetch\\()\\s*['\"]?([A-Z][A-Z0-9_]*)['\"]?");

  /// `"SOME_NAME"`, handed to a function that reads it.
  private static final Pattern NAMED = Pattern.compile("['\"]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)['\"]");

  /// `const { NAME } = process.env`.
  private static final Pattern TAKEN_APART =
      Pattern.compile("\\{([^{}]{1,2000})}\\s*=\\s*process\\.env\\b");

  private static final Pattern WORD = Pattern.compile("\\b([A-Z][A-Z0-9_]*)\\b");

  /// `|| 3`, `, "5s"`, behind a name.
  private static final Pattern OTHERWISE =
      Pattern.compile(
          "[\\])]{0,2}\\s{0,4}(?:,|\\|\\||\\?\\?|=|or\\b)\\s{0,4}(?:\"([^\"\\n]{1,80})\"|'([^'\\n]{1,80})'|([0-9]{1,18}|true|false)\\b)");

  @Override
  public void look(Folder folder, Draft draft) {
    for (String source : folder.sources()) {
      String text = folder.text(source);
      if (READS.matcher(text).find()) {
        read(READ, text, source, draft);
        read(NAMED, text, source, draft);
        TAKEN_APART
            .matcher(text)
            .results()
            .forEach(found -> read(WORD, found.group(1), source, draft));
      }
    }
  }

  private static void read(Pattern name, String text, String source, Draft draft) {
    Matcher found = name.matcher(text);
    while (found.find()) {
      declare(found.group(1), otherwise(text, found.end()), source, draft);
    }
  }

  /// What is taken if the variable is not set; empty if that cannot be told.
  private static String otherwise(String text, int from) {
    Matcher found = OTHERWISE.matcher(text).region(from, text.length());
    if (!found.lookingAt()) {
      return "";
    }
    for (int group = 1; group <= found.groupCount(); group++) {
      String value = found.group(group);
      if (value != null) {
        return value;
      }
    }
    return "";
  }

  private static void declare(String name, String otherwise, String source, Draft draft) {
    if (name.equals("OIDC_ISSUER")) {
      draft.need(new Draft.Need("identity", "oidc", ""), source);
    }
    if (!VariableNames.isSet(name, draft) && !draft.variables().containsKey(name)) {
      Draft.Setting setting = VariableNames.setting(name, otherwise, otherwise.isEmpty());
      draft.variable(name, setting);
      draft.infer("variable " + name, source);
      if (setting.required()) {
        draft.ask("variables.%s: whether it must be set".formatted(name));
      } else if (otherwise.isEmpty()) {
        draft.ask(
            "variables.%s: its type, and `required: true` with an example if it must be set"
                .formatted(name));
      }
    }
  }
}
