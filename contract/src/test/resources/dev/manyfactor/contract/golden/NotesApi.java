// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.web.Operation;
import dev.manyfactor.web.Routes;
import java.util.List;
import java.util.UUID;

/// Notes: the operations that its contract promises.
///
/// Keeps short notes. Small enough to be read beside the code that is made of it.
///
/// Implement it once; it is called for many requests at the same time.
public interface NotesApi {
  /// Lists notes, newest first.
  ///
  /// `GET /v1/notes`: for callers with `notes:read`; safe to repeat; within 10 seconds.
  ///
  /// @param read a read-only transaction; no calls to other services
  /// @param query the parameters beside the path
  ListNotes listNotes(Read read, ListNotes.Query query);

  /// Adds a note.
  ///
  /// `POST /v1/notes`: for callers with `notes:write`; one effect per `Idempotency-Key`; within 10
  /// seconds.
  ///
  /// @param write the transaction that commits with the response; no calls to other services
  /// @param body what to note
  AddNote addNote(Write write, NewNote body);

  /// Removes a note.
  ///
  /// `DELETE /v1/notes/{id}`: for callers with `notes:write`; safe to repeat; within 10 seconds.
  ///
  /// @param write the transaction that commits with the response; no calls to other services
  /// @param id which note
  RemoveNote removeNote(Write write, UUID id);

  /// What a service serves when `api` answers: every operation of the contract.
  static Routes routes(NotesApi api) {
    List<Operation> operations =
        List.of(ListNotesOperation.of(api), AddNoteOperation.of(api), RemoveNoteOperation.of(api));
    return new Routes("META-INF/manyfactor/notes.openapi.yaml", operations);
  }
}
