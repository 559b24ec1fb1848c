package dev.manyfactor.contract.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Breaks long lines where google-java-format would.
final class Layout {
  /// Longest line.
  static final int WIDTH = 100;

  private static final String CONTINUED = "    ";

  private Layout() {}

  /// `head(arguments)tail`: on one line, with the arguments on a line of their own, or one on each.
  ///
  /// @param indent how far the lines will be moved to the right
  /// @param head up to and with the opening parenthesis
  /// @param tail from the closing parenthesis on
  static List<String> call(int indent, String head, List<String> arguments, String tail) {
    String joined = String.join(", ", arguments);
    if (fits(indent, head + joined + tail)) {
      return List.of(head + joined + tail);
    }
    if (fits(indent, CONTINUED + joined + tail)) {
      return List.of(head, CONTINUED + joined + tail);
    }
    List<String> lines = new ArrayList<>(List.of(head));
    for (int position = 0; position < arguments.size(); position++) {
      boolean isLast = position == arguments.size() - 1;
      lines.add(CONTINUED + arguments.get(position) + (isLast ? tail : ","));
    }
    return lines;
  }

  /// `left = right;`.
  static List<String> assignment(int indent, String left, Call right) {
    if (fits(indent, left + " = " + right.text() + ";")) {
      return List.of(left + " = " + right.text() + ";");
    }
    Stream<String> value = call(indent + 4, right.head(), right.arguments(), ");").stream();
    return Stream.concat(Stream.of(left + " ="), value.map(line -> CONTINUED + line)).toList();
  }

  /// `head expression;`: broken after the head if it is too long for a line.
  static List<String> statement(int indent, String head, String expression) {
    String line = head + " " + expression + ";";
    return fits(indent, line) ? List.of(line) : List.of(head, CONTINUED + expression + ";");
  }

  /// `head first.second.third;`: broken after the head if it is too long for a line, and then
  /// before each further call.
  static List<String> statement(int indent, String head, List<Call> chain) {
    String joined = chain.stream().map(Call::text).collect(Collectors.joining()) + ";";
    if (fits(indent, head + " " + joined)) {
      return List.of(head + " " + joined);
    }
    List<String> lines = new ArrayList<>(List.of(head));
    if (fits(indent, CONTINUED + joined)) {
      lines.add(CONTINUED + joined);
      return lines;
    }
    String start = chain.getFirst().head();
    boolean isOfVariable = Character.isLowerCase(start.charAt(0)); // which has a line of its own
    if (isOfVariable) {
      lines.add(CONTINUED + start.substring(0, start.indexOf('.')));
    }
    for (int position = 0; position < chain.size(); position++) {
      boolean isFirst = position == 0;
      String more = isFirst && !isOfVariable ? CONTINUED : CONTINUED + CONTINUED;
      String tail = position == chain.size() - 1 ? ");" : ")";
      Call call = chain.get(position);
      String from = isFirst && isOfVariable ? start.substring(start.indexOf('.')) : call.head();
      call(indent + more.length(), from, call.arguments(), tail)
          .forEach(line -> lines.add(more + line));
    }
    return lines;
  }

  /// A call, by itself or in a chain.
  ///
  /// @param head up to and with the opening parenthesis
  record Call(String head, List<String> arguments) {
    static Call of(String function, String... arguments) {
      return of(function, List.of(arguments));
    }

    static Call of(String function, List<String> arguments) {
      return new Call(function + "(", arguments);
    }

    private String text() {
      return head + String.join(", ", arguments) + ")";
    }
  }

  static boolean fits(int indent, String line) {
    return indent + line.length() <= WIDTH;
  }
}
