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
import org.jspecify.annotations.Nullable;

/// Reads and writes [NewNote] as JSON, by the rules of the contract.
final class NewNoteCodec implements Codec<NewNote> {
  private static final Field<String> TEXT = Field.required("text", Text.ANY.atLeast(1).atMost(500));
  private static final Field<Optional<Colour>> COLOUR = Field.optional("colour", Colour.CODEC);
  private static final Field<Optional<Instant>> DUE = Field.optional("due", Scalars.DATE_TIME);
  private static final Fields FIELDS = Fields.closed(TEXT, COLOUR, DUE);

  @Override
  public @Nullable NewNote read(JsonReader in) {
    Values values = in.object(FIELDS);
    if (values == null) {
      return null;
    }
    return new NewNote(values.value(TEXT), values.value(COLOUR), values.value(DUE));
  }

  @Override
  public void write(JsonWriter out, NewNote value) {
    out.startObject();
    out.field(TEXT, value.text());
    out.field(COLOUR, value.colour());
    out.field(DUE, value.due());
    out.endObject();
  }
}
