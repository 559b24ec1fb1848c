package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.json.Scalars;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Java expressions for values that a contract has: its defaults and fixed values.
final class Literal {
  private Literal() {}

  /// What a value is when it is absent; empty if the contract gives no value.
  static Optional<String> of(Contract contract, Type type, Presence presence) {
    return switch (presence) {
      case Presence.Default(var text) -> Optional.of(value(contract, type, text));
      case Presence.DefaultItems(var texts) -> Optional.of(list(contract, type, texts));
      case Presence.Required() -> Optional.empty();
      case Presence.Optional() -> Optional.empty();
      case Presence.Nullable() -> Optional.empty();
      case Presence.OptionalOrNull() -> Optional.empty();
    };
  }

  /// Fixed values, with commas between them.
  static String all(Type.Simple type, List<String> texts) {
    return texts.stream().map(text -> plain(type, text)).collect(Collectors.joining(", "));
  }

  private static String list(Contract contract, Type type, List<String> texts) {
    if (type instanceof Type.Possible(Type of)) {
      return "Optional.of(%s)".formatted(list(contract, of, texts));
    }
    return texts.stream()
        .map(text -> value(contract, ((Type.Items) type).item(), text))
        .collect(Collectors.joining(", ", "List.of(", ")"));
  }

  private static String value(Contract contract, Type type, String text) {
    if (type instanceof Type.Possible(Type of)) {
      return "Optional.of(%s)".formatted(value(contract, of, text));
    }
    if (type instanceof Type.Sensitive(Type.Simple of)) {
      return value(contract, of, text);
    }
    return type instanceof Type.Choice choice
        ? constant(contract, choice, text)
        : plain((Type.Simple) type, text);
  }

  private static String plain(Type.Simple type, String text) {
    return switch (type) {
      case Type.Text _ -> Expression.string(text);
      case Type.Whole whole -> whole(whole, text);
      case Type.Decimal _ -> "new BigDecimal(%s)".formatted(Expression.string(text));
      case Type.Binary _ -> Double.toString(Double.parseDouble(text));
      case Type.Plain plain -> plain(plain, text);
      case Type.Among among -> plain(among.of(), text);
      case Type.Sensitive sensitive -> plain(sensitive.of(), text);
      case Type.Choice choice -> throw new IllegalStateException(choice + " is a constant");
    };
  }

  private static String plain(Type.Plain plain, String text) {
    String literal = Expression.string(text);
    return switch (plain) {
      case BOOLEAN -> text.toLowerCase(Locale.ROOT);
      case UUID -> "UUID.fromString(%s)".formatted(literal);
      case DATE -> "LocalDate.parse(%s)".formatted(literal);
      case DATE_TIME -> "Instant.parse(%s)".formatted(Expression.string(inUtc(text)));
      case URI, URI_REFERENCE -> "URI.create(%s)".formatted(literal);
      case BYTES -> "Bytes.fromBase64(%s)".formatted(literal);
    };
  }

  private static String inUtc(String text) {
    return String.valueOf(Scalars.DATE_TIME.parse(text, (_, _) -> {}));
  }

  /// A literal of the type's width: an argument of type `Long` has to be a long.
  private static String whole(Type.Whole whole, String text) {
    String literal = Expression.number(Long.parseLong(text));
    boolean isMarked = literal.endsWith("L") || whole.width() == Type.Width.INT32;
    return isMarked ? literal : literal + "L";
  }

  private static String constant(Contract contract, Type.Choice choice, String text) {
    return contract
        .declaration(choice.name())
        .filter(Declaration.Enumeration.class::isInstance)
        .flatMap(found ->
            ((Declaration.Enumeration) found)
                .values().stream().filter(value -> value.text().equals(text)).findFirst())
        .map(value -> choice.name() + "." + value.constant())
        .orElseThrow();
  }
}
