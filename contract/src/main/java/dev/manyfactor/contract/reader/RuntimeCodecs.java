package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Property;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.json.Among;
import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Constant;
import dev.manyfactor.json.Decimal;
import dev.manyfactor.json.Entries;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.Float64;
import dev.manyfactor.json.Int32;
import dev.manyfactor.json.Int64;
import dev.manyfactor.json.Items;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonValue;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Scalar;
import dev.manyfactor.json.Scalars;
import dev.manyfactor.json.Text;
import dev.manyfactor.json.Variants;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The runtime's codecs for the contract's types, to judge the values that a contract itself has:
/// its defaults and examples.
///
/// They only read, and only for the violations: what is read of an object is a stand-in.
final class RuntimeCodecs {
  private final Declarations declarations;

  RuntimeCodecs(Declarations declarations) {
    this.declarations = declarations;
  }

  Codec<?> of(Type type) {
    return switch (type) {
      case Type.Text rules -> text(rules);
      case Type.Whole rules -> whole(rules);
      case Type.Decimal rules -> decimal(rules);
      case Type.Binary rules -> binary(rules);
      case Type.Plain plain -> plain(plain);
      case Type.Among among -> among(of(among.of()), among);
      case Type.Sensitive sensitive -> of(sensitive.of());
      case Type.Choice choice -> new Word(texts(choice));
      case Type.Any _ -> JsonValue.CODEC;
      case Type.Possible possible -> Codec.orNull(of(possible.of()));
      case Type.Reference reference ->
          reference.inner() ? Codec.later(() -> object(reference)) : object(reference);
      case Type.Items items -> items(of(items.item()), items);
      case Type.Entries entries -> entries(of(entries.value()), entries);
    };
  }

  static Text text(Type.Text rules) {
    Text text = rules.form() == Type.Form.EMAIL ? Text.EMAIL : Text.ANY;
    text =
        text.atLeast(rules.minLength().orElse(0))
            .atMost(rules.maxLength().orElse(Integer.MAX_VALUE));
    return rules.pattern().isPresent() ? text.matching(rules.pattern().get()) : text;
  }

  static Int64 whole(Type.Whole rules) {
    boolean isNarrow = rules.width() == Type.Width.INT32;
    return Int64.between(
            rules.minimum().orElse(isNarrow ? Int32.ANY.minimum() : Long.MIN_VALUE),
            rules.maximum().orElse(isNarrow ? Int32.ANY.maximum() : Long.MAX_VALUE))
        .multipleOf(rules.step().orElse(1L));
  }

  static Scalar<?> decimal(Type.Decimal rules) {
    Decimal decimal =
        new Decimal(
            rules.minimum().map(RuntimeCodecs::bound),
            rules.maximum().map(RuntimeCodecs::bound),
            rules.step());
    return switch (rules.notation()) {
      case NUMBER -> decimal;
      case TEXT -> decimal.asText();
    };
  }

  static Float64 binary(Type.Binary rules) {
    return new Float64(
        rules.minimum().map(RuntimeCodecs::bound), rules.maximum().map(RuntimeCodecs::bound));
  }

  private static Decimal.Bound bound(Type.Limit limit) {
    return new Decimal.Bound(limit.value(), limit.included());
  }

  private static Scalar<?> plain(Type.Plain plain) {
    return switch (plain) {
      case BOOLEAN -> Scalars.BOOLEAN;
      case UUID -> Scalars.UUID;
      case DATE -> Scalars.DATE;
      case DATE_TIME -> Scalars.DATE_TIME;
      case URI -> Scalars.URI;
      case URI_REFERENCE -> Scalars.URI_REFERENCE;
      case BYTES -> Scalars.BYTES;
    };
  }

  private static <T> Codec<?> among(Codec<T> codec, Type.Among rules) {
    Scalar<T> scalar = (Scalar<T>) codec;
    List<T> values =
        rules.values().stream()
            .map(text -> Objects.requireNonNull(scalar.parse(text, (_, _) -> {}), text))
            .toList();
    return new Among<>(scalar, values);
  }

  private static <T> Codec<?> items(Codec<T> item, Type.Items rules) {
    Items<T> items =
        Items.of(item)
            .atLeast(rules.minItems().orElse(0))
            .atMost(rules.maxItems().orElse(Integer.MAX_VALUE));
    return rules.unique() ? items.distinct() : items;
  }

  private static <T> Codec<?> entries(Codec<T> value, Type.Entries rules) {
    return Entries.of(value)
        .atLeast(rules.minProperties().orElse(0))
        .atMost(rules.maxProperties().orElse(Integer.MAX_VALUE))
        .named(rules.names().map(RuntimeCodecs::text).orElse(Text.ANY));
  }

  private List<String> texts(Type.Choice choice) {
    return declarations
        .find(choice.name())
        .filter(Declaration.Enumeration.class::isInstance)
        .map(found -> ((Declaration.Enumeration) found).values())
        .orElse(List.of())
        .stream()
        .map(Declaration.Value::text)
        .toList();
  }

  private Codec<Boolean> object(Type.Reference reference) {
    return switch (declarations.find(reference.name()).orElseThrow()) {
      case Declaration.Structure structure -> new Shape(fields(structure));
      case Declaration.Union union -> variants(union);
      case Declaration.Enumeration enumeration ->
          throw new IllegalStateException(enumeration.name() + " is no object");
    };
  }

  private Codec<Boolean> variants(Declaration.Union union) {
    Variants<Boolean> variants = Variants.by(union.property());
    for (Declaration.Variant variant : union.variants()) {
      Codec<Boolean> codec = object(new Type.Reference(variant.structure()));
      variants = variants.or(variant.text(), Boolean.class, codec);
    }
    return variants;
  }

  /// A field that the schema does not know is told even where others are allowed: it is a mistake.
  private Fields fields(Declaration.Structure structure) {
    Stream<Field<?>> tag =
        structure.tag().stream()
            .map(known -> Field.required(known.property(), Constant.of(known.text())));
    Stream<Field<?>> properties =
        structure.properties().stream().map(property -> field(property, of(property.type())));
    return Fields.closed(Stream.concat(tag, properties).toArray(Field<?>[]::new));
  }

  private static <T> Field<?> field(Property property, Codec<T> codec) {
    return switch (property.presence()) {
      case Presence.Required() -> Field.required(property.name(), codec);
      case Presence.Nullable() -> Field.nullable(property.name(), codec);
      case Presence.OptionalOrNull() -> Field.optionalOrNull(property.name(), codec);
      case Presence.Optional() -> Field.optional(property.name(), codec);
      case Presence.Default(_) -> Field.optional(property.name(), codec);
      case Presence.DefaultItems(_) -> Field.optional(property.name(), codec);
    };
  }

  private record Word(List<String> texts) implements Codec<String> {
    @Override
    public @Nullable String read(JsonReader in) {
      String text = Text.ANY.read(in);
      if (text != null && !texts.contains(text)) {
        in.violation("enum", "must be one of " + String.join(", ", texts));
      }
      return text;
    }

    @Override
    public void write(JsonWriter out, String value) {
      Text.ANY.write(out, value);
    }
  }

  private record Shape(Fields fields) implements Codec<Boolean> {
    @Override
    public @Nullable Boolean read(JsonReader in) {
      return in.object(fields) == null ? null : Boolean.TRUE;
    }

    @Override
    public void write(JsonWriter out, Boolean value) {
      throw new UnsupportedOperationException("a stand-in is not written");
    }
  }
}
