package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.idempotency.IdempotencySettings;
import dev.manyfactor.migrations.Migrations;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A connection to the database that is lost while COMMIT is under way: the client is told that
/// nobody knows, and learns by its key.
class UnknownOutcomeTests {
  private static final TestPostgres POSTGRES = Notes.database();
  private static final String BODY = "{\"text\":\"a note\"}";
  private static final String KEY = "Idempotency-Key: 0192f0c1-key-of-a-test";

  private final CommitCutter cutter = new CommitCutter(TestPostgres.port());
  private final Database database = POSTGRES.open(DatabaseSettings.of(through(cutter)));
  private final Served served = Served.with(Served.setup().backing(backing()), keyed(), unkeyed());

  UnknownOutcomeTests() throws IOException {}

  @BeforeEach
  void forget() {
    new Migrations(List.of(Idempotency.migrations()), new Release("notes", "1", "test"))
        .apply(POSTGRES.owner(), POSTGRES.app(), _ -> {});
    POSTGRES.superuserExecute("truncate note, manyfactor.idempotency");
  }

  @AfterEach
  void stop() throws IOException {
    served.close();
    database.close();
    cutter.close();
  }

  private Backing backing() {
    var keys =
        new Idempotency(
            database, Configured.of(IdempotencySettings.DEFAULT), InstantSource.system());
    return new Backing(Optional.of(database), Optional.of(keys), Optional.of(Notes::judge));
  }

  private static PostgresUrl through(CommitCutter cutter) {
    return PostgresUrl.parse(
        POSTGRES.app().toString().replace(":" + TestPostgres.port(), ":" + cutter.port()));
  }

  private static Operation keyed() {
    return Notes.guarded(
        Method.POST, "/keyed", new Idempotent.Keyed(), new Handler.Writing(note()));
  }

  private static Operation unkeyed() {
    return Notes.writing("/unkeyed", note());
  }

  private static Preparation<Write> note() {
    return input -> {
      String text = Notes.text(input);
      return write -> {
        Notes.add(write, text);
        return Response.json(201, Echo.CODEC, new Echo("added"));
      };
    };
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NEVER")
  void keyTellsWhatBecameOfTheRequest(CommitCutter.Cut cut) throws IOException {
    cutter.cutNext(cut);
    assertUnknown(served.post("/keyed", BODY, Notes.ADA, KEY));
    Wire.Answer repeated = served.post("/keyed", BODY, Notes.ADA, KEY);
    assertThat(repeated.status()).isEqualTo(201);
    assertThat(repeated.header("idempotent-replayed"))
        .isEqualTo(cut == CommitCutter.Cut.AFTER ? "true" : "");
    assertThat(notes()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NEVER")
  void requestWithoutAKeyIsToldToLook(CommitCutter.Cut cut) throws IOException {
    cutter.cutNext(cut);
    assertUnknown(served.post("/unkeyed", BODY, Notes.ADA));
    assertThat(notes()).isEqualTo(cut == CommitCutter.Cut.AFTER ? 1 : 0);
  }

  private static void assertUnknown(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(answer.body()).contains("/problems/outcome-unknown");
  }

  private static int notes() {
    return Integer.parseInt(POSTGRES.ask("select count(*) from note").getFirst());
  }
}
