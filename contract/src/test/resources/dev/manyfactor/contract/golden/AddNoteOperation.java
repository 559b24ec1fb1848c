// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.database.Write;
import dev.manyfactor.json.Scalars;
import dev.manyfactor.web.Access;
import dev.manyfactor.web.Action;
import dev.manyfactor.web.BodyRule;
import dev.manyfactor.web.Handler;
import dev.manyfactor.web.Idempotent;
import dev.manyfactor.web.Input;
import dev.manyfactor.web.Method;
import dev.manyfactor.web.Operation;
import dev.manyfactor.web.Response;
import java.time.Duration;
import java.util.Set;

/// How a request becomes a call of [NotesApi#addNote], and its outcome a response.
final class AddNoteOperation {
  private AddNoteOperation() {}

  static Operation of(NotesApi api) {
    return new Operation(
        "addNote",
        Method.POST,
        "/v1/notes",
        new Access.Scopes(Set.of("notes:write")),
        new Idempotent.Keyed(),
        Duration.ofSeconds(10),
        BodyRule.json(true, 1_048_576),
        new Handler.Writing(input -> prepare(api, input)));
  }

  /// Reads the request; where a value breaks a rule, the action that is returned never runs.
  private static Action<Write> prepare(NotesApi api, Input input) {
    NewNote body = input.body(NewNote.CODEC);
    return write -> response(api.addNote(write, body));
  }

  private static Response response(AddNote outcome) {
    return switch (outcome) {
      case AddNote.Created created ->
          Response.json(201, Note.CODEC, created.body())
              .header("Location", Scalars.URI_REFERENCE.text(created.location()));
      case AddNote.Conflict conflict -> Response.problem(409, conflict.problem());
    };
  }
}
