// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.json.Codec;
import java.util.List;

/// One page.
public record Notes(List<Note> items) {
  /// How it is read and written as JSON.
  public static final Codec<Notes> CODEC = new NotesCodec();

  /// Copies the lists.
  public Notes {
    items = List.copyOf(items);
  }
}
