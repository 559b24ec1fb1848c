package dev.manyfactor.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record with a field of each kind, and its codec as a person would write it.
record Example(
    UUID id,
    long amount,
    BigDecimal rate,
    Size size,
    Instant at,
    Optional<String> note,
    Optional<String> answer,
    int tries,
    List<Line> lines) {

  enum Size {
    SMALL,
    LARGE;

    String word() {
      return this == SMALL ? "small" : "large";
    }
  }

  record Line(String text, Optional<Boolean> done) {}

  static final String JSON =
      """
      {"id":"6f2d1c1e-0000-4000-8000-00000000000a","amount":9007199254740993,"rate":0.10,\
      "size":"large","at":"2026-11-20T09:30:00.000000001Z","note":"grüße 🎈","answer":null,"tries":2,\
      "lines":[{"text":"one","done":true},{"text":"two"}]}\
      """;

  static final Codec<Line> LINE =
      new Codec<>() {
        static final Field<String> TEXT = Field.required("text", Text.ANY.atLeast(1));
        static final Field<Optional<Boolean>> DONE = Field.optional("done", Scalars.BOOLEAN);
        static final Fields FIELDS = Fields.open(TEXT, DONE);

        @Override
        public @Nullable Line read(JsonReader in) {
          var fields = in.object(FIELDS);
          return fields == null ? null : new Line(fields.value(TEXT), fields.value(DONE));
        }

        @Override
        public void write(JsonWriter out, Line value) {
          out.startObject().field(TEXT, value.text()).field(DONE, value.done()).endObject();
        }
      };

  static final Codec<Example> CODEC =
      new Codec<>() {
        static final Field<UUID> ID = Field.required("id", Scalars.UUID);
        static final Field<Long> AMOUNT = Field.required("amount", Int64.ANY.atLeast(1));
        static final Field<BigDecimal> RATE =
            Field.required("rate", Decimal.ANY.above("0").atMost("1"));
        static final Field<Size> SIZE =
            Field.required("size", Choice.of(Size.values(), Size::word));
        static final Field<Instant> AT = Field.required("at", Scalars.DATE_TIME);
        static final Field<Optional<String>> NOTE = Field.optional("note", Text.ANY.atMost(8));
        static final Field<Optional<String>> ANSWER = Field.nullable("answer", Text.ANY);
        static final Field<Integer> TRIES = Field.withDefault("tries", Int32.ANY.atMost(9), 1);
        static final Field<List<Line>> LINES =
            Field.required("lines", Items.of(LINE).atLeast(1).atMost(3));
        static final Fields FIELDS =
            Fields.closed(ID, AMOUNT, RATE, SIZE, AT, NOTE, ANSWER, TRIES, LINES);

        @Override
        public @Nullable Example read(JsonReader in) {
          var fields = in.object(FIELDS);
          return fields == null
              ? null
              : new Example(
                  fields.value(ID),
                  fields.value(AMOUNT),
                  fields.value(RATE),
                  fields.value(SIZE),
                  fields.value(AT),
                  fields.value(NOTE),
                  fields.value(ANSWER),
                  fields.value(TRIES),
                  fields.value(LINES));
        }

        @Override
        public void write(JsonWriter out, Example value) {
          out.startObject()
              .field(ID, value.id())
              .field(AMOUNT, value.amount())
              .field(RATE, value.rate())
              .field(SIZE, value.size())
              .field(AT, value.at())
              .field(NOTE, value.note())
              .field(ANSWER, value.answer())
              .field(TRIES, value.tries())
              .field(LINES, value.lines())
              .endObject();
        }
      };
}
