package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Type;
import java.util.Locale;
import java.util.Optional;

/// Java expressions for the codecs of the contract's types.
final class Expression {
  private Expression() {}

  /// The codec of a type, such as `Int32.between(1, 100)`.
  static String codec(Type type) {
    return switch (type) {
      case Type.Text text -> text(text);
      case Type.Whole whole -> whole(whole);
      case Type.Decimal decimal -> decimal(decimal);
      case Type.Binary binary -> "Float64.ANY" + limits(binary.minimum(), binary.maximum());
      case Type.Plain plain -> "Scalars." + plain.name();
      case Type.Among among ->
          "Among.of(%s, List.of(%s))"
              .formatted(codec(among.of()), Literal.all(among.of(), among.values()));
      case Type.Sensitive sensitive -> "Sensitive.of(%s)".formatted(codec(sensitive.of()));
      case Type.Choice choice -> choice.name() + ".CODEC";
      case Type.Any _ -> "JsonValue.CODEC";
      case Type.Possible possible -> "Codec.orNull(%s)".formatted(codec(possible.of()));
      case Type.Reference reference ->
          (reference.inner() ? "Codec.later(() -> %s.CODEC)" : "%s.CODEC")
              .formatted(reference.name());
      case Type.Items items ->
          "Items.of(%s)".formatted(codec(items.item()))
              + bound("atLeast", items.minItems())
              + bound("atMost", items.maxItems())
              + (items.unique() ? ".distinct()" : "");
      case Type.Entries entries ->
          "Entries.of(%s)".formatted(codec(entries.value()))
              + bound("atLeast", entries.minProperties())
              + bound("atMost", entries.maxProperties())
              + entries.names().map(names -> ".named(%s)".formatted(text(names))).orElse("");
    };
  }

  /// The runtime's class of a codec that has to be made, and so is kept as a constant.
  static Optional<String> madeCodec(Type type) {
    String codec = codec(type);
    if (!codec.contains("(")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (type) {
          case Type.Items items -> "Items<%s>".formatted(JavaType.boxed(items.item()));
          case Type.Among among -> "Among<%s>".formatted(JavaType.boxed(among.of()));
          case Type.Sensitive sensitive ->
              "Sensitive<%s>".formatted(JavaType.boxed(sensitive.of()));
          case Type.Entries entries -> "Entries<%s>".formatted(JavaType.boxed(entries.value()));
          case Type.Decimal decimal when decimal.notation() == Type.Notation.TEXT ->
              "Scalar<BigDecimal>";
          default -> codec.substring(0, codec.indexOf('.'));
        });
  }

  /// A string literal.
  static String string(String text) {
    StringBuilder literal = new StringBuilder("\"");
    text.chars().forEach(next -> literal.append(escaped((char) next)));
    return literal.append('"').toString();
  }

  private static String escaped(char next) {
    return switch (next) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> next < ' ' || next > '~' ? "\\u%04x".formatted((int) next) : String.valueOf(next);
    };
  }

  private static String text(Type.Text text) {
    return "Text."
        + text.form().name()
        + bound("atLeast", text.minLength())
        + bound("atMost", text.maxLength())
        + text.pattern().map(pattern -> ".matching(%s)".formatted(string(pattern))).orElse("");
  }

  private static String whole(Type.Whole whole) {
    String type = whole.width() == Type.Width.INT32 ? "Int32" : "Int64";
    if (whole.minimum().isPresent() && whole.maximum().isPresent()) {
      return "%s.between(%s, %s)"
              .formatted(type, number(whole.minimum().get()), number(whole.maximum().get()))
          + step(whole);
    }
    return type
        + ".ANY"
        + whole.minimum().map(bound -> ".atLeast(%s)".formatted(number(bound))).orElse("")
        + whole.maximum().map(bound -> ".atMost(%s)".formatted(number(bound))).orElse("")
        + step(whole);
  }

  private static String step(Type.Whole whole) {
    return whole.step().map(step -> ".multipleOf(%s)".formatted(number(step))).orElse("");
  }

  /// A literal of a whole number, its digits in groups if they are many.
  static String number(long number) {
    String digits =
        Math.abs(number) < 10_000
            ? Long.toString(number)
            : String.format(Locale.ROOT, "%,d", number).replace(',', '_');
    return number == (int) number ? digits : digits + "L";
  }

  private static String decimal(Type.Decimal decimal) {
    return "Decimal.ANY"
        + limits(decimal.minimum(), decimal.maximum())
        + decimal
            .step()
            .map(step -> ".multipleOf(%s)".formatted(string(step.toPlainString())))
            .orElse("")
        + (decimal.notation() == Type.Notation.TEXT ? ".asText()" : "");
  }

  private static String limits(Optional<Type.Limit> minimum, Optional<Type.Limit> maximum) {
    return minimum.map(limit -> limit(limit, "atLeast", "above")).orElse("")
        + maximum.map(limit -> limit(limit, "atMost", "below")).orElse("");
  }

  private static String limit(Type.Limit limit, String included, String excluded) {
    String value = string(limit.value().toPlainString());
    return ".%s(%s)".formatted(limit.included() ? included : excluded, value);
  }

  private static String bound(String name, Optional<Integer> bound) {
    return bound.map(value -> ".%s(%d)".formatted(name, value)).orElse("");
  }
}
