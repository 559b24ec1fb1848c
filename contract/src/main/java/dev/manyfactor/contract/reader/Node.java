package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// One object of the contract while it is read: typed access to its keywords, and its name in
/// problems.
///
/// A keyword of the wrong type is a problem and then counts as absent.
final class Node {
  private final String name;
  private final int line;
  private final Yaml.Mapping mapping;
  private final Problems problems;

  private Node(String name, int line, Yaml.Mapping mapping, Problems problems) {
    this.name = name;
    this.line = line;
    this.mapping = mapping;
    this.problems = problems;
  }

  /// The object that `value` is; a problem and empty if it is none.
  static Optional<Node> of(String name, int line, Yaml value, Problems problems) {
    if (value instanceof Yaml.Mapping mapping) {
      return Optional.of(new Node(name, line, mapping, problems));
    }
    problems.add(line, name + ": must be a mapping, but is " + value.kind());
    return Optional.empty();
  }

  /// The same, for a value that stands under a key.
  static Optional<Node> of(String name, Yaml.Entry entry, Problems problems) {
    return of(name, entry.line(), entry.value(), problems);
  }

  /// Reports each keyword that is not allowed.
  Node only(Keywords keywords) {
    for (Yaml.Entry entry : mapping.entries()) {
      if (!keywords.allows(entry.key())) {
        String remedy = keywords.remedy(entry.key());
        problems.add(
            entry.line(), "%s: '%s' is not supported; %s".formatted(name, entry.key(), remedy));
      } else if (entry.key().equals("externalDocs")) { // the same wherever it may stand
        of(name + ", externalDocs", entry, problems)
            .ifPresent(docs -> docs.only(Keywords.EXTERNAL_DOCS));
      }
    }
    return this;
  }

  /// The same object, called otherwise.
  Node named(String other) {
    return new Node(other, line, mapping, problems);
  }

  /// What problems call it, such as `NewPayment.currency`.
  String name() {
    return name;
  }

  int line() {
    return line;
  }

  /// The line of a keyword, or of the object if it has none such.
  int line(String key) {
    return mapping.entry(key).map(Yaml.Entry::line).orElse(line);
  }

  Problems problems() {
    return problems;
  }

  void problem(String message) {
    problems.add(line, name + ": " + message);
  }

  void problem(String key, String message) {
    problems.add(line(key), name + ": " + message);
  }

  boolean has(String key) {
    return mapping.entry(key).isPresent();
  }

  List<Yaml.Entry> entries() {
    return mapping.entries();
  }

  Optional<Yaml.Entry> entry(String key) {
    return mapping.entry(key);
  }

  /// The keys and values under a keyword; none if it is absent.
  List<Yaml.Entry> entries(String key) {
    Optional<Yaml> found = value(key);
    if (found.isEmpty()) {
      return List.of();
    }
    return found.get() instanceof Yaml.Mapping inner
        ? inner.entries()
        : wrongType(key, "a mapping", found.get(), List.of());
  }

  /// The values under a keyword; none if it is absent.
  List<Yaml> items(String key) {
    Optional<Yaml> found = value(key);
    if (found.isEmpty()) {
      return List.of();
    }
    return found.get() instanceof Yaml.Sequence sequence
        ? sequence.items()
        : wrongType(key, "a list", found.get(), List.of());
  }

  Optional<String> text(String key) {
    return scalar(key, "text", Yaml.Type.TEXT).map(Yaml.Scalar::text);
  }

  /// Text that may be left out; empty then.
  String textOrEmpty(String key) {
    return text(key).orElse("").strip();
  }

  /// What it is: its description, else its title.
  String about() {
    String description = textOrEmpty("description");
    return description.isEmpty() ? textOrEmpty("title") : description;
  }

  boolean truth(String key, boolean absent) {
    return scalar(key, "true or false", Yaml.Type.TRUTH)
        .map(scalar -> scalar.text().equalsIgnoreCase("true"))
        .orElse(absent);
  }

  Optional<BigDecimal> number(String key) {
    return scalar(key, "a number", Yaml.Type.WHOLE, Yaml.Type.DECIMAL).flatMap(this::decimal);
  }

  /// A number of things: whole, 0 or more.
  Optional<Integer> count(String key) {
    Optional<BigDecimal> number = number(key);
    try {
      return number
          .map(BigDecimal::intValueExact)
          .filter(count -> count >= 0)
          .or(() -> noCount(key, number));
    } catch (ArithmeticException tooLargeOrBroken) {
      return noCount(key, number);
    }
  }

  private Optional<Integer> noCount(String key, Optional<BigDecimal> number) {
    if (number.isPresent()) {
      problem(key, "'%s' must be a whole number from 0 to %d".formatted(key, Integer.MAX_VALUE));
    }
    return Optional.empty();
  }

  private Optional<BigDecimal> decimal(Yaml.Scalar scalar) {
    try {
      return Optional.of(new BigDecimal(scalar.text()));
    } catch (NumberFormatException notDecimal) {
      problems.add(scalar.line(), name + ": must be a decimal number, but is " + scalar.text());
      return Optional.empty();
    }
  }

  private Optional<Yaml.Scalar> scalar(String key, String wanted, Yaml.Type... types) {
    Optional<Yaml> found = value(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return found.get() instanceof Yaml.Scalar scalar && List.of(types).contains(scalar.type())
        ? Optional.of(scalar)
        : wrongType(key, wanted, found.get(), Optional.empty());
  }

  private Optional<Yaml> value(String key) {
    return mapping.entry(key).map(Yaml.Entry::value);
  }

  private <T> T wrongType(String key, String wanted, Yaml found, T instead) {
    problem(key, "'%s' must be %s, but is %s".formatted(key, wanted, found.kind()));
    return instead;
  }
}
