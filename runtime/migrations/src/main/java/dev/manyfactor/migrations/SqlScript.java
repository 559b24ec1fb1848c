package dev.manyfactor.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells the statements of an SQL text apart, so that a failing one can be named with its line.
///
/// The rules are those of `psql`: a statement ends at a semicolon outside of quotes, dollar quotes,
/// comments (which nest), parentheses and, in a routine, `begin … end`. The driver's own parser
/// does not find the end of `begin atomic`.
final class SqlScript {
  private static final Pattern TOKEN =
      Pattern.compile(
          "--[^\\n]*+" // a comment to the end of the line
              + "|/\\*" // the start of a comment that may nest
              + "|[eE]'(?:[^'\\\\]++|''|\\\\.)*+'" // a string with escapes
              + "|'(?:[^']++|'')*+'" // a string
              + "|\"(?:[^\"]++|\"\")*+\"" // a quoted name
              + "|(\\$(?:[A-Za-z_]\\w*+)?\\$).*?\\1" // a string in dollar quotes
              + "|[A-Za-z_][\\w$]*+" // a word
              + "|\\S", // anything else, one character at a time
          Pattern.DOTALL);
  private static final Pattern COMMENT_EDGE = Pattern.compile("/\\*|\\*/");
  private static final Set<String> ROUTINES = Set.of("function", "procedure");
  private static final int WORDS_OF_A_HEAD = 4; // create or replace function

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private final List<String> head = new ArrayList<>();
  private int start = -1; // where the current statement starts; -1 before its first token
  private int parentheses;
  private int blocks;

  private SqlScript(String text) {
    this.text = text;
  }

  /// One statement of a text, without the comments before it.
  ///
  /// @param sql the statement, without its semicolon
  /// @param offset where it starts in the text, in characters from 0
  /// @param firstWord the word it starts with, in lower case; empty if it starts with none
  record Part(String sql, int offset, String firstWord) {}

  /// The statements in order.
  static List<Part> split(String text) {
    var script = new SqlScript(text);
    Matcher token = TOKEN.matcher(text);
    int from = 0;
    while (token.find(from)) {
      from = script.take(token.group(), token.start());
    }
    script.endAt(text.length());
    return List.copyOf(script.parts);
  }

  /// Takes one token and says where the next one is looked for.
  private int take(String token, int at) {
    if (token.startsWith("--")) {
      return at + token.length();
    }
    if (token.equals("/*")) {
      return endOfComment(at);
    }
    if (token.equals(";") && parentheses == 0 && blocks == 0) {
      endAt(at);
      return at + 1;
    }
    if (start < 0) {
      start = at;
    }
    count(token.toLowerCase(Locale.ROOT));
    return at + token.length();
  }

  private void count(String token) {
    switch (token) {
      case "(" -> parentheses++;
      case ")" -> parentheses = Math.max(0, parentheses - 1);
      case "begin" -> blocks += isRoutine() ? 1 : 0;
      case "case" -> blocks += blocks > 0 ? 1 : 0;
      case "end" -> blocks = Math.max(0, blocks - 1);
      default -> {}
    }
    if (head.size() < WORDS_OF_A_HEAD) {
      head.add(token);
    }
  }

  private boolean isRoutine() {
    return !head.isEmpty()
        && head.getFirst().equals("create")
        && head.stream().anyMatch(ROUTINES::contains);
  }

  private int endOfComment(int at) {
    Matcher edge = COMMENT_EDGE.matcher(text);
    int depth = 0;
    int from = at;
    while (edge.find(from)) {
      depth += edge.group().equals("/*") ? 1 : -1;
      from = edge.end();
      if (depth == 0) {
        return from;
      }
    }
    return text.length();
  }

  private void endAt(int end) {
    if (start >= 0) {
      String first = head.getFirst();
      boolean isWord = Character.isLetter(first.charAt(0)) && first.matches("\\w+");
      parts.add(new Part(text.substring(start, end).stripTrailing(), start, isWord ? first : ""));
    }
    start = -1;
    parentheses = 0;
    blocks = 0;
    head.clear();
  }
}
