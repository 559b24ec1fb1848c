// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Scalars;
import dev.manyfactor.json.Text;
import dev.manyfactor.json.Values;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads and writes [Note] as JSON, by the rules of the contract.
final class NoteCodec implements Codec<Note> {
  private static final Field<UUID> ID = Field.required("id", Scalars.UUID);
  private static final Field<String> TEXT = Field.required("text", Text.ANY);
  private static final Field<Colour> COLOUR = Field.required("colour", Colour.CODEC);
  private static final Field<Optional<Instant>> DUE = Field.nullable("due", Scalars.DATE_TIME);
  private static final Fields FIELDS = Fields.closed(ID, TEXT, COLOUR, DUE);

  @Override
  public @Nullable Note read(JsonReader in) {
    Values values = in.object(FIELDS);
    if (values == null) {
      return null;
    }
    return new Note(values.value(ID), values.value(TEXT), values.value(COLOUR), values.value(DUE));
  }

  @Override
  public void write(JsonWriter out, Note value) {
    out.startObject();
    out.field(ID, value.id());
    out.field(TEXT, value.text());
    out.field(COLOUR, value.colour());
    out.field(DUE, value.due());
    out.endObject();
  }
}
