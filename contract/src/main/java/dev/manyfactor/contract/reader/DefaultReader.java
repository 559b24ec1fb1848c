package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import dev.manyfactor.json.Reporter;
import dev.manyfactor.json.Scalars;
import java.util.Optional;

/// Reads what a value is when it is absent, and checks it with the scalars that will check values.
final class DefaultReader {
  private final Node node;
  private final Declarations declarations;
  private final Reporter reporter;

  DefaultReader(Node node, Declarations declarations) {
    this.node = node;
    this.declarations = declarations;
    this.reporter =
        (rule, detail) ->
            node.problem("default", "the default breaks %s: %s".formatted(rule, detail));
  }

  /// The default as the text of a parameter; a problem and empty if the value would not be allowed.
  Optional<String> read(Type type) {
    Optional<Yaml.Entry> entry = node.entry("default");
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    if (!(entry.get().value() instanceof Yaml.Scalar scalar) || !hasNotation(type, scalar)) {
      node.problem(
          "default",
          "the default must be a value of the schema's type, but is " + entry.get().value().kind());
      return Optional.empty();
    }
    check(type, scalar.text());
    return Optional.of(scalar.text());
  }

  private static boolean hasNotation(Type type, Yaml.Scalar scalar) {
    return switch (type) {
      case Type.Whole _ -> scalar.type() == Yaml.Type.WHOLE;
      case Type.Decimal decimal when decimal.notation() == Type.Notation.TEXT ->
          scalar.type() == Yaml.Type.TEXT;
      case Type.Decimal _ -> isNumber(scalar);
      case Type.Binary _ -> isNumber(scalar);
      case Type.Plain plain when plain == Type.Plain.BOOLEAN -> scalar.type() == Yaml.Type.TRUTH;
      case Type.Plain _ -> scalar.type() == Yaml.Type.TEXT;
      case Type.Text _ -> scalar.type() == Yaml.Type.TEXT;
      case Type.Choice _ -> scalar.type() == Yaml.Type.TEXT;
      case Type.Reference _ -> false;
      case Type.Items _ -> false;
      case Type.Entries _ -> false;
    };
  }

  private static boolean isNumber(Yaml.Scalar scalar) {
    return scalar.type() == Yaml.Type.WHOLE || scalar.type() == Yaml.Type.DECIMAL;
  }

  private void check(Type type, String text) {
    switch (type) {
      case Type.Text rules -> RuntimeCodecs.text(rules).parse(text, reporter);
      case Type.Whole rules -> RuntimeCodecs.whole(rules).parse(text, reporter);
      case Type.Decimal rules -> RuntimeCodecs.decimal(rules).parse(text, reporter);
      case Type.Binary rules -> RuntimeCodecs.binary(rules).parse(text, reporter);
      case Type.Choice choice -> checkChoice(choice, text);
      case Type.Plain plain when plain == Type.Plain.BOOLEAN ->
          Scalars.BOOLEAN.parse(text, reporter);
      case Type.Plain plain ->
          node.problem(
              "default", "a default is not supported for " + plain + "; let the handler decide");
      case Type.Reference _ -> throw new IllegalStateException("an object has no default");
      case Type.Items _ -> throw new IllegalStateException("an array has no default");
      case Type.Entries _ -> throw new IllegalStateException("a map has no default");
    }
  }

  private void checkChoice(Type.Choice choice, String text) {
    boolean isKnown =
        declarations
            .find(choice.name())
            .filter(Declaration.Enumeration.class::isInstance)
            .map(Declaration.Enumeration.class::cast)
            .filter(known -> known.values().stream().anyMatch(value -> value.text().equals(text)))
            .isPresent();
    if (!isKnown) {
      reporter.violation("enum", "must be one of its values");
    }
  }
}
