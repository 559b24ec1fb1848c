package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import java.util.List;
import java.util.Optional;

/// Reads what a value is when it is absent, and judges it as a value that is sent.
final class DefaultReader {
  private final Node node;
  private final Declarations declarations;

  DefaultReader(Node node, Declarations declarations) {
    this.node = node;
    this.declarations = declarations;
  }

  /// The default; a problem and empty if the value would not be allowed. A default of null says no
  /// more than that the value may be absent.
  Optional<Presence> read(Schema schema) {
    Optional<Yaml> value = node.entry("default").map(Yaml.Entry::value);
    if (value.isEmpty() || (schema.nullable() && TypeWords.isNull(value.get()))) {
      return Optional.empty();
    }
    boolean isAllowed =
        switch (schema.type()) {
          case Type.Simple _ -> hasKind(value.get() instanceof Yaml.Scalar, value.get());
          case Type.Items items -> isList(items, value.get());
          case Type.Reference _ -> refused("an object", "give one to each field");
          case Type.Entries _ -> refused("a map", "let it be absent");
          case Type.Any _ -> refused("any JSON", "let it be absent");
          case Type.Possible _ -> throw new IllegalStateException("only in an array or a map");
        };
    boolean isKept =
        isAllowed
            && new ValueCheck(node, declarations)
                .isAllowed("default", value.get(), judged(schema.type()));
    return isKept ? Optional.of(presence(value.get())) : Optional.empty();
  }

  private boolean isList(Type.Items items, Yaml value) {
    if (items.item() instanceof Type.Simple || Yaml.items(value).isEmpty()) {
      return hasKind(value instanceof Yaml.Sequence, value);
    }
    return refused("a list of such", "use [], or let it be absent");
  }

  /// The type without what may not be known yet: only an empty list can be of such.
  private static Type judged(Type type) {
    return type instanceof Type.Items items && !(items.item() instanceof Type.Simple)
        ? new Type.Items(Schema.UNKNOWN.type(), items.minItems(), items.maxItems(), items.unique())
        : type;
  }

  private boolean hasKind(boolean hasKind, Yaml value) {
    if (!hasKind) {
      node.problem(
          "default", "the default must be a value of the schema's type, but is " + value.kind());
    }
    return hasKind;
  }

  private boolean refused(String what, String remedy) {
    node.problem("default", "a default for %s is not supported; %s".formatted(what, remedy));
    return false;
  }

  private static Presence presence(Yaml value) {
    return value instanceof Yaml.Sequence(_, List<Yaml> items)
        ? new Presence.DefaultItems(items.stream().map(DefaultReader::text).toList())
        : new Presence.Default(text(value));
  }

  private static String text(Yaml value) {
    return ((Yaml.Scalar) value).text();
  }
}
