// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.json.Codec;
import java.time.Instant;
import java.util.Optional;

/// A note as it is asked for.
///
/// @param text what is to be remembered, in plain text
/// @param colour yellow unless said otherwise
public record NewNote(String text, Optional<Colour> colour, Optional<Instant> due) {
  /// How it is read and written as JSON.
  public static final Codec<NewNote> CODEC = new NewNoteCodec();
}
