package dev.manyfactor.service;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Lines of text in columns, each as wide as its widest cell. For one thread.
final class TextTable {
  private static final String GAP = "  ";
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final List<List<Cell>> rows = new ArrayList<>();

  /// One piece of text, and how it is shown where there is colour.
  record Cell(String text, UnaryOperator<String> style) {
    String shown() {
      return style.apply(text);
    }

    static Cell plain(String text) {
      return new Cell(text, UnaryOperator.identity());
    }
  }

  /// A table with this heading.
  TextTable(UnaryOperator<String> style, String... heading) {
    rows.add(List.of(heading).stream().map(word -> new Cell(word, style)).toList());
  }

  void add(List<Cell> row) {
    rows.add(List.copyOf(row));
  }

  /// The lines, without blanks at their ends.
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<Cell> row) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Cell cell = row.get(i);
      String blanks = " ".repeat(width(i) - cell.text().length());
      String shown = cell.shown();
      line.append(i == 0 ? "" : GAP).append(isNumeric(i) ? blanks + shown : shown + blanks);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).text().length()).max().orElse(0);
  }

  private boolean isNumeric(int column) {
    return rows.size() > 1
        && rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row.get(column).text()).matches());
  }
}
