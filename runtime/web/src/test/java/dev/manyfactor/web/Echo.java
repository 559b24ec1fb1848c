package dev.manyfactor.web;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Text;
import org.jspecify.annotations.Nullable;

/// The body of most test operations: `{"text": "…"}` of at most 900 characters.
record Echo(String text) {
  static final Codec<Echo> CODEC = new EchoCodec();

  /// An operation that answers its own body.
  static Operation at(String path) {
    return Served.plain(
        Method.POST,
        path,
        input -> {
          Echo echo = input.body(CODEC);
          return _ -> Response.json(200, CODEC, echo == null ? new Echo("nothing") : echo);
        });
  }

  private static final class EchoCodec implements Codec<Echo> {
    private static final Field<String> TEXT = Field.required("text", Text.ANY.atMost(900));
    private static final Fields FIELDS = Fields.closed(TEXT);

    @Override
    public @Nullable Echo read(JsonReader in) {
      var fields = in.object(FIELDS);
      return fields == null ? null : new Echo(fields.value(TEXT));
    }

    @Override
    public void write(JsonWriter out, Echo echo) {
      out.startObject().field(TEXT, echo.text()).endObject();
    }
  }
}
