// Generated from notes.openapi.yaml; change it there.
package example.notes;

import java.util.Optional;

/// How `listNotes` can end: the responses that the contract declares for it.
public sealed interface ListNotes {
  /// 200: one page of notes
  record Ok(Notes body) implements ListNotes {}

  /// What is asked for beside the path.
  ///
  /// @param colour only of this colour
  /// @param limit how many at most
  record Query(Optional<Colour> colour, int limit) {}
}
