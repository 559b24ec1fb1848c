package dev.manyfactor.migrations;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One migration as this release has it.
///
/// @param set the name of its set
/// @param number its place in the set, from 1
/// @param phase what it means for running releases
/// @param name the file's name
/// @param checksum the SHA-256 of its text in hexadecimal digits, whatever the line ends
/// @param text the SQL
record MigrationFile(
    String set, int number, Phase phase, String name, String checksum, String text) {
  private static final Pattern SHARED = Pattern.compile("(?m)^-- shared: *(.*?) *$");
  private static final Pattern GRANT = Pattern.compile("(?m)^-- grant: *(.*?) *$");
  private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Pattern RIGHT =
      Pattern.compile(
          "(?:select|insert|update|delete|truncate)(?:, (?:select|insert|update|delete|truncate))*"
              + " on (?:public|manyfactor)\\.[a-z_][a-z0-9_]*"
              + "|usage on sequence (?:public|manyfactor)\\.[a-z_][a-z0-9_]*");
  private static final Set<String> ENDS_TRANSACTION =
      Set.of("begin", "start", "commit", "end", "rollback", "abort");

  /// The file with its set, as messages name it.
  String title() {
    return set + ' ' + name;
  }

  List<SqlScript.Part> statements() {
    return SqlScript.split(text);
  }

  /// The tables of `public` that it declares to be shared by all tenants.
  Set<String> sharedTables() {
    return matches(SHARED);
  }

  /// The rights that it declares for the serving role: `select, insert on manyfactor.job`.
  Set<String> grants() {
    return matches(GRANT);
  }

  /// The line of a character, from 1.
  int lineOf(int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(letter -> letter == '\n').count();
  }

  /// What can be said to be wrong without a database.
  List<String> problems() {
    var statements =
        statements().stream()
            .filter(part -> ENDS_TRANSACTION.contains(part.firstWord()))
            .map(part ->
                at(part.offset())
                    + ": "
                    + part.firstWord()
                    + " is refused, because every file is one transaction; remove it");
    var tables =
        sharedTables().stream()
            .filter(table -> !TABLE.matcher(table).matches())
            .map(table -> title() + ": \"-- shared: " + table + "\" must name one table");
    var rights =
        grants().stream()
            .filter(right -> !RIGHT.matcher(right).matches())
            .map(right ->
                title()
                    + ": \"-- grant: "
                    + right
                    + "\" must look like \"-- grant: select, insert on manyfactor.job\"");
    return Stream.of(statements, tables, rights).flatMap(problem -> problem).toList();
  }

  /// The file and the line of a character.
  String at(int offset) {
    return title() + ", line " + lineOf(offset);
  }

  private Set<String> matches(Pattern declaration) {
    return declaration
        .matcher(text)
        .results()
        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
