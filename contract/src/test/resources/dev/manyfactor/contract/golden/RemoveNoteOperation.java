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
import java.util.UUID;

/// How a request becomes a call of [NotesApi#removeNote], and its outcome a response.
final class RemoveNoteOperation {
  private RemoveNoteOperation() {}

  static Operation of(NotesApi api) {
    return new Operation(
        "removeNote",
        Method.DELETE,
        "/v1/notes/{id}",
        new Access.Scopes(Set.of("notes:write")),
        new Idempotent.Safe(),
        Duration.ofSeconds(10),
        BodyRule.NONE,
        new Handler.Writing(input -> prepare(api, input)));
  }

  /// Reads the request; where a value breaks a rule, the action that is returned never runs.
  private static Action<Write> prepare(NotesApi api, Input input) {
    UUID id = input.path("id").required(Scalars.UUID);
    return write -> response(api.removeNote(write, id));
  }

  private static Response response(RemoveNote outcome) {
    return switch (outcome) {
      case RemoveNote.NoContent _ -> Response.empty(204);
    };
  }
}
