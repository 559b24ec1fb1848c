package dev.manyfactor.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A document being read, one value after another, while violations are collected.
///
/// It always stands at a value; reading the value moves it to that value's last token. What is of
/// the wrong type is reported and skipped, and reading goes on. For one thread.
public final class JsonReader implements Reporter {
  private final JsonParser parser;
  private final byte[] document;
  private final List<Violation> violations = new ArrayList<>();
  private int reported;
  private boolean discreet;

  /// @param document all of what `parser` reads
  JsonReader(JsonParser parser, byte[] document) {
    this.parser = parser;
    this.document = document;
  }

  /// Reads an object.
  ///
  /// @return its values, or null if a rule is broken anywhere inside; then it has been reported
  public @Nullable Values object(Fields fields) {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      refuse("an object");
      return null;
    }
    int before = reported;
    Values values = fields.values();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      readField(fields, values);
    }
    fillAbsent(fields, values);
    return reported == before ? values : null;
  }

  /// Reads an array; items beyond the most that `type` allows are counted and skipped.
  ///
  /// @return its items, or null if a rule is broken anywhere inside; then it has been reported
  <T> @Nullable List<T> array(Items<T> type) {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      refuse("an array");
      return null;
    }
    int before = reported;
    var items = new ArrayList<T>();
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (++count <= type.maxItems()) {
        T value = type.item().read(this);
        if (value != null) {
          items.add(value);
        }
      } else {
        skip();
      }
    }
    type.check(count, items, this::ofContainer);
    return reported == before ? List.copyOf(items) : null;
  }

  /// Reads a map; entries beyond the most that `type` allows are counted and skipped.
  ///
  /// @return its entries, or null if a rule is broken anywhere inside; then it has been reported
  <T> @Nullable Map<String, T> entries(Entries<T> type) {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      refuse("an object");
      return null;
    }
    int before = reported;
    var entries = new LinkedHashMap<String, T>();
    int count = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = wellFormed(parser.currentName());
      parser.nextToken();
      if (++count <= type.maxProperties()) {
        type.checkName(name, this::ofContainer);
        T value = type.value().read(this);
        if (value != null) {
          entries.put(name, value);
        }
      } else {
        skip();
      }
    }
    type.checkCount(count, this::ofContainer);
    return reported == before ? Collections.unmodifiableMap(entries) : null;
  }

  /// The text of a field of the object at which it stands, read ahead: the reader does not move.
  ///
  /// @param known what the text may be
  /// @return the text, or null if there is none of those; then that has been reported and the
  ///   object passed over
  @Nullable String discriminator(String field, Set<String> known) {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      refuse("an object");
      return null;
    }
    int start = (int) parser.currentTokenLocation().getByteOffset();
    Lookahead found = Lookahead.in(Json.parser(document, start), field);
    if (found.text() != null && known.contains(found.text())) {
      return found.text();
    }
    String place = pointer() + "/" + escaped(field);
    if (!found.isThere()) {
      report(place, "required", "must be there");
    } else if (found.text() == null) {
      report(place, "type", "must be a string");
    } else {
      report(place, "enum", "must be one of " + String.join(", ", known));
    }
    skip();
    return null;
  }

  /// Whether the value is `null`.
  public boolean isNull() {
    return parser.hasToken(JsonToken.VALUE_NULL);
  }

  /// Passes over the value unread; it still has to be well-formed JSON.
  public void skip() {
    int depth = 0;
    for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
        wellFormed(parser.getString());
      }
      if (depth == 0) {
        return;
      }
    }
  }

  /// Reports a broken rule at the value where the reader stands, with what that looks like.
  @Override
  public void violation(String rule, String detail) {
    boolean isScalar = parser.currentToken().isScalarValue();
    report(pointer(), rule, isScalar ? Shape.told(detail, shape()) : detail);
  }

  /// Reports a broken rule of what the value stands in.
  private void ofContainer(String rule, String detail) {
    report(pointer(), rule, detail);
  }

  /// Reads a value of which nothing but the shape is reported.
  <T> @Nullable T discreetly(Codec<T> codec) {
    boolean before = discreet;
    discreet = true;
    try {
      return codec.read(this);
    } finally {
      discreet = before;
    }
  }

  /// A value of any kind, or null if a number in it is beyond what can be read.
  @Nullable JsonValue anything() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> made(entries(Entries.of(JsonValue.CODEC)), JsonValue.JsonObject::new);
      case START_ARRAY -> made(array(Items.of(JsonValue.CODEC)), JsonValue.JsonArray::new);
      case VALUE_STRING -> made(string(), JsonValue.JsonString::new);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          made(Decimal.ANY.read(this), JsonValue.JsonNumber::new);
      case VALUE_TRUE, VALUE_FALSE -> made(truth(), JsonValue.JsonBoolean::new);
      case VALUE_NULL -> new JsonValue.JsonNull();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("the reader does not stand at a value");
    };
  }

  private static <T> @Nullable JsonValue made(@Nullable T value, Function<T, JsonValue> of) {
    return value == null ? null : of.apply(value);
  }

  @Nullable String string() {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      refuse("a string");
      return null;
    }
    return wellFormed(parser.getString());
  }

  /// The number as it is written, exact; its exponent may be far beyond what is sensible.
  @Nullable BigDecimal number() {
    if (!parser.currentToken().isNumeric()) {
      refuse("a number");
      return null;
    }
    return exactly(parser.getString());
  }

  /// The number if it is written in so few plain digits that a long surely holds it; else null.
  @Nullable Long shortNumber() {
    return parser.hasToken(JsonToken.VALUE_NUMBER_INT) && parser.getStringLength() < 19
        ? (Long) parser.getLongValue()
        : null;
  }

  @Nullable Boolean truth() {
    if (!parser.currentToken().isBoolean()) {
      refuse("true or false");
      return null;
    }
    return parser.getBooleanValue();
  }

  /// Moves to the document's only value.
  void start() {
    if (parser.nextToken() == null) {
      throw Malformed.exception(parser, "the document is empty");
    }
  }

  /// Makes sure that nothing comes after the value.
  void finish() {
    if (parser.nextToken() != null) {
      throw Malformed.exception(parser, "there is content after the end of the document");
    }
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  private void readField(Fields fields, Values values) {
    String name = wellFormed(parser.currentName());
    int position = fields.position(name);
    parser.nextToken();
    if (position >= 0) {
      values.put(position, fields.all().get(position).read(this));
    } else {
      if (fields.isClosed()) {
        ofContainer("additionalProperties", "is not a field of this object");
      }
      skip();
    }
  }

  private void fillAbsent(Fields fields, Values values) {
    for (int position = 0; position < fields.all().size(); position++) {
      if (values.isMissing(position)) {
        Field<?> field = fields.all().get(position);
        Object absent = field.absent();
        if (absent == null) {
          report(pointer() + "/" + escaped(field.name()), "required", "must be there");
        }
        values.put(position, absent);
      }
    }
  }

  /// Reports a value of the wrong type and passes over it.
  private void refuse(String wanted) {
    report(pointer(), "type", "must be " + wanted + ", but is " + kind());
    skip();
  }

  /// What a scalar looks like.
  private String shape() {
    boolean isText = parser.hasToken(JsonToken.VALUE_STRING);
    if (discreet) {
      return isText ? Shape.of(parser.getString()) : kind();
    }
    return isText ? Shape.shown(parser.getString()) : Shape.shownNumber(parser.getString());
  }

  private String kind() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("the reader does not stand at a value");
    };
  }

  private @Nullable BigDecimal exactly(String digits) {
    try {
      return new BigDecimal(digits);
    } catch (NumberFormatException beyond) {
      violation("format", "must have an exponent of at most nine digits");
      return null;
    }
  }

  private String wellFormed(String text) {
    if (Encoding.hasLoneSurrogate(text)) {
      throw Malformed.exception(parser, "a text holds half of a surrogate pair");
    }
    return text;
  }

  /// After the last token of an object or array this is the pointer of the whole of it.
  private String pointer() {
    return parser.streamReadContext().pathAsPointer().toString();
  }

  private void report(String pointer, String rule, String detail) {
    reported++;
    if (violations.size() < Json.MAX_VIOLATIONS) {
      violations.add(new Violation(pointer, rule, detail));
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
