// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.Items;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and writes [Notes] as JSON, by the rules of the contract.
final class NotesCodec implements Codec<Notes> {
  private static final Field<List<Note>> ITEMS =
      Field.required("items", Items.of(Note.CODEC).atMost(100));
  private static final Fields FIELDS = Fields.closed(ITEMS);

  @Override
  public @Nullable Notes read(JsonReader in) {
    Values values = in.object(FIELDS);
    if (values == null) {
      return null;
    }
    return new Notes(values.value(ITEMS));
  }

  @Override
  public void write(JsonWriter out, Notes value) {
    out.startObject();
    out.field(ITEMS, value.items());
    out.endObject();
  }
}
