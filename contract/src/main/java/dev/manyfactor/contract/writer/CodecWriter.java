package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Property;
import dev.manyfactor.contract.writer.SourceFile.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Writes the codec of an object: its fields as constants, then how it is read and written.
final class CodecWriter {
  private static final String SHAPE =
      """
      /// Reads and writes [{name}] as JSON, by the rules of the contract.
      {suppression}
      final class {name}Codec implements Codec<{name}> {
        {constants}

        @Override
        public @Nullable {name} read(JsonReader in) {
          Values values = in.object(FIELDS);
          if (values == null) {
            return null;
          }
          {made}
        }

        @Override
        public void write(JsonWriter out, {name} value) {
          out.startObject();
          {written}
          out.endObject();
        }
      }
      """;

  private final Contract contract;
  private final Kind kind;

  CodecWriter(Contract contract, Kind kind) {
    this.contract = contract;
    this.kind = kind;
  }

  SourceFile write(Origin origin, Declaration.Structure structure) {
    boolean isDeprecated = structure.properties().stream().anyMatch(Property::deprecated);
    String code =
        Template.of(SHAPE)
            .word("name", structure.name())
            .lines("suppression", SourceFile.suppression(isDeprecated))
            .lines("constants", constants(structure))
            .lines("made", made(structure))
            .lines("written", written(structure))
            .text();
    return SourceFile.of(origin, structure.name() + "Codec", code);
  }

  private List<String> constants(Declaration.Structure structure) {
    List<String> constants = new ArrayList<>();
    structure.tag().ifPresent(tag -> constants.addAll(constant(tag)));
    for (Property property : structure.properties()) {
      constants.addAll(constant(property));
    }
    boolean isClosed = structure.closed() || kind == Kind.SERVER;
    Stream<String> tag = structure.tag().stream().map(CodecWriter::name);
    Stream<String> properties = structure.properties().stream().map(CodecWriter::name);
    List<String> names = Stream.concat(tag, properties).toList();
    Layout.Call all = Layout.Call.of(isClosed ? "Fields.closed" : "Fields.open", names);
    constants.addAll(Layout.assignment(2, "private static final Fields FIELDS", all));
    return constants;
  }

  private static List<String> constant(Declaration.Tag tag) {
    String left = "private static final Field<String> %s".formatted(name(tag));
    String codec = "Constant.of(%s)".formatted(Expression.string(tag.text()));
    return Layout.assignment(
        2, left, Layout.Call.of("Field.required", Expression.string(tag.property()), codec));
  }

  private List<String> constant(Property property) {
    String type = JavaType.boxed(property.type(), property.presence());
    String left = "private static final Field<%s> %s".formatted(type, name(property));
    List<String> arguments = new ArrayList<>();
    arguments.add(Expression.string(property.name()));
    arguments.add(Expression.codec(property.type()));
    Literal.of(contract, property.type(), property.presence()).ifPresent(arguments::add);
    return Layout.assignment(2, left, Layout.Call.of(factory(property.presence()), arguments));
  }

  private static String factory(Presence presence) {
    return switch (presence) {
      case Presence.Required() -> "Field.required";
      case Presence.Optional() -> "Field.optional";
      case Presence.Nullable() -> "Field.nullable";
      case Presence.OptionalOrNull() -> "Field.optionalOrNull";
      case Presence.Default(_) -> "Field.withDefault";
      case Presence.DefaultItems(_) -> "Field.withDefault";
    };
  }

  private static List<String> made(Declaration.Structure structure) {
    List<String> arguments =
        structure.properties().stream()
            .map(property -> "values.value(%s)".formatted(name(property)))
            .toList();
    return Layout.call(4, "return new %s(".formatted(structure.name()), arguments, ");");
  }

  private static List<String> written(Declaration.Structure structure) {
    Stream<String> tag =
        structure.tag().stream()
            .map(known ->
                "out.field(%s, %s);".formatted(name(known), Expression.string(known.text())));
    return Stream.concat(tag, structure.properties().stream().map(CodecWriter::written)).toList();
  }

  private static String written(Property property) {
    return "out.field(%s, value.%s());".formatted(name(property), property.component());
  }

  private static String name(Declaration.Tag tag) {
    return "TAG_" + tag.property().replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
  }

  private static String name(Property property) {
    String name = constantName(property.component());
    return name.equals("FIELDS") ? "FIELDS_VALUE" : name; // FIELDS is all of them
  }

  /// `amountMinor` as a constant: `AMOUNT_MINOR`.
  static String constantName(String variable) {
    return variable.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }
}
