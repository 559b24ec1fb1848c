package dev.manyfactor.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;

/// A document being written. For one thread.
///
/// It is also the [Reporter] of values that break their contract while being written: those are
/// faults of the program, so a violation is an [IllegalArgumentException] that names the place and
/// the rule.
public final class JsonWriter implements Reporter {
  private final JsonGenerator generator;

  JsonWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  /// Begins an object; its fields follow.
  public JsonWriter startObject() {
    checkDepth();
    generator.writeStartObject();
    return this;
  }

  /// Writes one field of the object, unless it is optional and empty.
  public <T> JsonWriter field(Field<T> field, T value) {
    if (field.isWritten(value)) {
      generator.writeName(field.encodedName());
      field.write(this, value);
    }
    return this;
  }

  /// Ends the object.
  public JsonWriter endObject() {
    generator.writeEndObject();
    return this;
  }

  /// Refuses the value just written.
  ///
  /// @throws IllegalArgumentException always
  @Override
  public void violation(String rule, String detail) {
    String place = generator.streamWriteContext().pathAsPointer().toString();
    throw Nonconforming.exception(place, rule, detail);
  }

  void startArray() {
    checkDepth();
    generator.writeStartArray();
  }

  /// What is read has this bound, so what is written has it too.
  private void checkDepth() {
    if (generator.streamWriteContext().getNestingDepth() >= Json.MAX_DEPTH) {
      violation("depth", "must be nested at most " + Json.MAX_DEPTH + " deep");
    }
  }

  void endArray() {
    generator.writeEndArray();
  }

  void name(String name) {
    refuseLoneSurrogate(name);
    generator.writeName(name);
  }

  void string(String value) {
    refuseLoneSurrogate(value);
    generator.writeString(value);
  }

  void number(long value) {
    generator.writeNumber(value);
  }

  void number(double value) {
    generator.writeNumber(value);
  }

  void number(BigDecimal value) {
    generator.writeNumber(value);
  }

  void truth(boolean value) {
    generator.writeBoolean(value);
  }

  private void refuseLoneSurrogate(String text) {
    if (Encoding.hasLoneSurrogate(text)) {
      violation("format", "must not hold half of a surrogate pair");
    }
  }

  void nothing() {
    generator.writeNull();
  }
}
