package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Type;

/// The Java types of the contract's types.
final class JavaType {
  private JavaType() {}

  /// As a type argument, such as `Long`.
  static String boxed(Type type) {
    return switch (type) {
      case Type.Text _ -> "String";
      case Type.Whole whole -> whole.width() == Type.Width.INT32 ? "Integer" : "Long";
      case Type.Decimal _ -> "BigDecimal";
      case Type.Binary _ -> "Double";
      case Type.Plain plain -> plain(plain);
      case Type.Among among -> boxed(among.of());
      case Type.Sensitive sensitive -> boxed(sensitive.of());
      case Type.Choice choice -> choice.name();
      case Type.Any _ -> "JsonValue";
      case Type.Possible possible -> "Optional<" + boxed(possible.of()) + ">";
      case Type.Reference reference -> reference.name();
      case Type.Items items -> "List<" + boxed(items.item()) + ">";
      case Type.Entries entries -> "Map<String, " + boxed(entries.value()) + ">";
    };
  }

  /// As the type of a component or variable, such as `long`.
  static String plain(Type type) {
    return switch (boxed(type)) {
      case "Integer" -> "int";
      case "Long" -> "long";
      case "Boolean" -> "boolean";
      case "Double" -> "double";
      case String other -> other;
    };
  }

  /// As the type of a component that may be missing, such as `Optional<Long>`.
  static String of(Type type, Presence presence) {
    return presence.isOptional() ? "Optional<" + boxed(type) + ">" : plain(type);
  }

  /// The same as a type argument.
  static String boxed(Type type, Presence presence) {
    return presence.isOptional() ? of(type, presence) : boxed(type);
  }

  private static String plain(Type.Plain plain) {
    return switch (plain) {
      case BOOLEAN -> "Boolean";
      case UUID -> "UUID";
      case DATE -> "LocalDate";
      case DATE_TIME -> "Instant";
      case URI, URI_REFERENCE -> "URI";
      case BYTES -> "Bytes";
    };
  }
}
