// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.database.Read;
import dev.manyfactor.json.Int32;
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
import java.util.Optional;
import java.util.Set;

/// How a request becomes a call of [NotesApi#listNotes], and its outcome a response.
final class ListNotesOperation {
  private static final Int32 LIMIT = Int32.between(1, 100);

  private ListNotesOperation() {}

  static Operation of(NotesApi api) {
    return new Operation(
        "listNotes",
        Method.GET,
        "/v1/notes",
        new Access.Scopes(Set.of("notes:read")),
        new Idempotent.Safe(),
        Duration.ofSeconds(10),
        BodyRule.NONE,
        new Handler.Reading(input -> prepare(api, input)));
  }

  /// Reads the request; where a value breaks a rule, the action that is returned never runs.
  private static Action<Read> prepare(NotesApi api, Input input) {
    Optional<Colour> colour = input.query("colour").optional(Colour.CODEC);
    int limit = input.query("limit").withDefault(LIMIT, 20);
    return read -> {
      ListNotes.Query query = new ListNotes.Query(colour, limit);
      return response(api.listNotes(read, query));
    };
  }

  private static Response response(ListNotes outcome) {
    return switch (outcome) {
      case ListNotes.Ok ok -> Response.json(200, Notes.CODEC, ok.body());
    };
  }
}
