package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import dev.manyfactor.json.Decimal;
import dev.manyfactor.json.Int32;
import dev.manyfactor.json.Int64;
import dev.manyfactor.json.Reporter;
import dev.manyfactor.json.Scalars;
import dev.manyfactor.json.Text;
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
      case Type.Decimal _ -> scalar.type() == Yaml.Type.WHOLE || scalar.type() == Yaml.Type.DECIMAL;
      case Type.Plain plain when plain == Type.Plain.BOOLEAN -> scalar.type() == Yaml.Type.TRUTH;
      case Type.Plain _ -> scalar.type() == Yaml.Type.TEXT;
      case Type.Text _ -> scalar.type() == Yaml.Type.TEXT;
      case Type.Choice _ -> scalar.type() == Yaml.Type.TEXT;
      case Type.Reference _ -> false;
      case Type.Items _ -> false;
    };
  }

  private void check(Type type, String text) {
    switch (type) {
      case Type.Text rules -> text(rules).parse(text, reporter);
      case Type.Whole rules -> whole(rules).parse(text, reporter);
      case Type.Decimal rules -> decimal(rules).parse(text, reporter);
      case Type.Choice choice -> checkChoice(choice, text);
      case Type.Plain plain when plain == Type.Plain.BOOLEAN ->
          Scalars.BOOLEAN.parse(text, reporter);
      case Type.Plain plain ->
          node.problem(
              "default", "a default is not supported for " + plain + "; let the handler decide");
      case Type.Reference _ -> throw new IllegalStateException("an object has no default");
      case Type.Items _ -> throw new IllegalStateException("an array has no default");
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

  private static Text text(Type.Text rules) {
    Text text = rules.form() == Type.Form.EMAIL ? Text.EMAIL : Text.ANY;
    text =
        text.atLeast(rules.minLength().orElse(0))
            .atMost(rules.maxLength().orElse(Integer.MAX_VALUE));
    return rules.pattern().isPresent() ? text.matching(rules.pattern().get()) : text;
  }

  private static Int64 whole(Type.Whole rules) {
    boolean isNarrow = rules.width() == Type.Width.INT32;
    return Int64.between(
        rules.minimum().orElse(isNarrow ? Int32.ANY.minimum() : Long.MIN_VALUE),
        rules.maximum().orElse(isNarrow ? Int32.ANY.maximum() : Long.MAX_VALUE));
  }

  private static Decimal decimal(Type.Decimal rules) {
    return new Decimal(
        rules.minimum().map(DefaultReader::bound), rules.maximum().map(DefaultReader::bound));
  }

  private static Decimal.Bound bound(Type.Limit limit) {
    return new Decimal.Bound(limit.value(), limit.included());
  }
}
