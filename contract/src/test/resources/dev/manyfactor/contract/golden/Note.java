// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.json.Codec;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A note as it is kept.
///
/// @param text what is to be remembered, in plain text
/// @param due when it has to be remembered
public record Note(UUID id, String text, Colour colour, Optional<Instant> due) {
  /// How it is read and written as JSON.
  public static final Codec<Note> CODEC = new NoteCodec();
}
