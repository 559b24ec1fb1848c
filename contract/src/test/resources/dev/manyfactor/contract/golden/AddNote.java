// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.web.Problem;
import java.net.URI;

/// How `addNote` can end: the responses that the contract declares for it.
public sealed interface AddNote {
  /// 201: the note was added
  ///
  /// @param location where the note is found
  record Created(Note body, URI location) implements AddNote {}

  /// 409: there are too many notes
  record Conflict(Problem problem) implements AddNote {}
}
