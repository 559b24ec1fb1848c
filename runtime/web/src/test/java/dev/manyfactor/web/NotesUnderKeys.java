package dev.manyfactor.web;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Release;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.idempotency.IdempotencySettings;
import dev.manyfactor.identity.Verification;
import dev.manyfactor.migrations.Migrations;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The table of notes and the ring of answers, and what a test looks at in both.
final class NotesUnderKeys {
  static final String BODY = "{\"text\":\"a note\"}";
  static final String KEY = "Idempotency-Key: \"0192f0c1-key-of-a-test\"";

  final TestPostgres postgres = Notes.database();

  NotesUnderKeys() {
    new Migrations(List.of(Idempotency.migrations()), new Release("notes", "1", "test"))
        .apply(postgres.owner(), postgres.app(), _ -> {});
  }

  void empty() {
    postgres.superuserExecute("truncate note, manyfactor.idempotency");
  }

  Database pool(int connections) {
    return postgres.open(DatabaseSettings.of(postgres.app()).withPoolSize(connections));
  }

  /// What a process stands on; each has keys of its own.
  static Backing backing(Database database) {
    var keys =
        new Idempotency(
            database, Configured.of(IdempotencySettings.DEFAULT), InstantSource.system());
    return new Backing(
        Optional.of(database), Optional.of(keys), Optional.of(NotesUnderKeys::judge));
  }

  /// A token is `Bearer <subject>@<tenant>`, with ` <scope>` behind it for each scope.
  private static Verification judge(String authorization) {
    String[] words = authorization.replace("Bearer ", "").split(" ", -1);
    String[] parts = words[0].split("@", -1);
    Set<String> scopes = Set.copyOf(Stream.of(words).skip(1).toList());
    return new Verification.Accepted(
        new Caller(parts[0], scopes), Optional.of(new Tenant(parts[1])), Instant.MAX);
  }

  static Operation keyed(Method method, String path, Handler handler) {
    return Notes.guarded(method, path, new Idempotent.Keyed(), handler);
  }

  /// Adds the note that came, and answers 201 with the number of notes there are then.
  static Handler adding() {
    return new Handler.Writing(input -> {
      String text = Notes.text(input);
      return write -> {
        Notes.add(write, text);
        long notes = write.sql("select count(*) as notes from note").one(row -> row.int64("notes"));
        return Response.json(201, Echo.CODEC, new Echo("note " + notes))
            .header("Location", "/notes/" + notes)
            .header("ETag", "\"" + notes + "\"");
      };
    });
  }

  static Wire.Answer post(Served served, String path, String... headers) throws IOException {
    return served.post(
        path, BODY, Stream.concat(Stream.of(Notes.ADA), Stream.of(headers)).toArray(String[]::new));
  }

  static boolean isReplayed(Wire.Answer answer) {
    return answer.header("idempotent-replayed").equals("true");
  }

  int notes() {
    return Integer.parseInt(postgres.ask("select count(*) from note").getFirst());
  }

  int answers() {
    return Integer.parseInt(postgres.ask("select count(*) from manyfactor.idempotency").getFirst());
  }
}
