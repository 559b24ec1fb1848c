package dev.manyfactor.web;

import static dev.manyfactor.web.NotesUnderKeys.BODY;
import static dev.manyfactor.web.NotesUnderKeys.KEY;
import static dev.manyfactor.web.NotesUnderKeys.adding;
import static dev.manyfactor.web.NotesUnderKeys.backing;
import static dev.manyfactor.web.NotesUnderKeys.isReplayed;
import static dev.manyfactor.web.NotesUnderKeys.keyed;
import static dev.manyfactor.web.NotesUnderKeys.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.StatementException;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.json.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Seven bugs that users of other libraries for idempotency keys have reported, none of which this
/// one may have. Each is told in the words of its report's subject, not quoted.
class DocumentedBugsTests {
  private static final NotesUnderKeys NOTES = new NotesUnderKeys();
  private static final Database DATABASE = NOTES.pool(8);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void empty() {
    NOTES.empty();
  }

  private static Served serving(Operation... operations) {
    return Served.with(Served.setup().backing(backing(DATABASE)), operations);
  }

  /// The answer was kept after the handler's transaction had been committed, in a second one: a
  /// crash in between ran the work again. (idempotency-spring-boot-starter, 2)
  @Test
  void bug1AnswerIsKeptInASecondTransaction() throws IOException {
    try (Served served = serving(keyed(Method.POST, "/notes", adding()))) {
      post(served, "/notes", KEY);
      assertThat(
              NOTES.postgres.ask(
                  "select distinct xmin from (select xmin::text from note"
                      + " union all select xmin::text from manyfactor.idempotency) as written"))
          .hasSize(1);
      NOTES.empty();
      NOTES.postgres.superuserExecute(
          "alter table manyfactor.idempotency_other add constraint full_disk check (false)");
      try {
        assertThat(post(served, "/notes", KEY).status()).isEqualTo(500);
        assertThat(NOTES.notes()).isZero();
      } finally {
        NOTES.postgres.superuserExecute(
            "alter table manyfactor.idempotency_other drop constraint full_disk");
      }
      assertThat(post(served, "/notes", KEY).status()).isEqualTo(201);
      assertThat(NOTES.notes()).isEqualTo(1);
    }
  }

  /// The claim was invisible until the commit, so that duplicates ran past it; or it was committed
  /// first, and was not given back when the work was rolled back, silently least of all. (The same
  /// library, in the pull request that mends the first.)
  @Test
  void bug2DuplicatesRunPastTheClaimOrARollbackKeepsIt() throws Exception {
    Operation adding = keyed(Method.POST, "/notes", adding());
    try (Database other = NOTES.pool(8);
        Served here = serving(adding);
        Served there = Served.with(Served.setup().backing(backing(other)), adding);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var requests = new ArrayList<Callable<Wire.Answer>>();
      IntStream.range(0, 8)
          .forEach(_ -> {
            requests.add(() -> post(here, "/notes", KEY));
            requests.add(() -> post(there, "/notes", KEY));
          });
      for (var answer : threads.invokeAll(requests)) {
        assertThat(answer.get().status()).isIn(201, 409);
      }
      assertThat(NOTES.notes()).isEqualTo(1);
    }
    aSilentRollbackGivesTheKeyBack();
  }

  private static void aSilentRollbackGivesTheKeyBack() throws IOException {
    NOTES.empty();
    var runs = new AtomicInteger();
    Handler swallowing =
        new Handler.Writing(input -> {
          String text = Notes.text(input);
          return write -> {
            Notes.add(write, text);
            if (runs.incrementAndGet() == 1) {
              try {
                write.update("select 1 / 0");
              } catch (StatementException swallowed) {
                return Response.empty(201);
              }
            }
            return Response.empty(201);
          };
        });
    try (Served served = serving(keyed(Method.POST, "/swallowing", swallowing))) {
      assertThat(post(served, "/swallowing", KEY).status()).isEqualTo(500);
      assertThat(NOTES.notes()).isZero();
      assertThat(post(served, "/swallowing", KEY).status()).isEqualTo(201);
      assertThat(NOTES.notes()).isEqualTo(1);
    }
  }

  /// A key stayed in progress for as long as it was kept: every repetition got 409, though the work
  /// had been done. (Eventra, 19037)
  @Test
  void bug3KeyStaysInProgress() throws Exception {
    var entered = new Semaphore(0);
    var runs = new AtomicInteger();
    Handler handler =
        new Handler.Writing(input -> {
          String text = Notes.text(input);
          return write -> {
            Notes.add(write, text);
            if (runs.incrementAndGet() == 1) {
              entered.release();
              write.sql("select pg_sleep(60)").exists();
            }
            return Response.empty(204);
          };
        });
    try (Served served = serving(keyed(Method.POST, "/notes", handler));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lost = threads.submit(() -> post(served, "/notes", KEY));
      assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(post(served, "/notes", KEY).status()).isEqualTo(409);
      terminateSleepers();
      assertThat(lost.get().status()).isEqualTo(503);
      assertThat(post(served, "/notes", KEY).status()).isEqualTo(204);
      assertThat(isReplayed(post(served, "/notes", KEY))).isTrue();
    }
    assertThat(NOTES.notes()).isEqualTo(1);
  }

  private static void terminateSleepers() throws InterruptedException {
    String terminate =
        "select pg_terminate_backend(pid, 20000) from pg_stat_activity"
            + " where query like '%pg_sleep%' and usename = 'app'";
    for (int i = 0; i < 400 && NOTES.postgres.ask(terminate).isEmpty(); i++) {
      Thread.sleep(50); // until the statement has arrived
    }
  }

  /// The claim was written again after its acknowledgement had been lost, and the winner conflicted
  /// with itself. (idempot-js, 185)
  @Test
  void bug4WinnerConflictsWithItself() throws IOException {
    try (var cutter = new CommitCutter(TestPostgres.port());
        Database cut = NOTES.postgres.open(DatabaseSettings.of(through(cutter)));
        Served served =
            Served.with(
                Served.setup().backing(backing(cut)), keyed(Method.POST, "/notes", adding()))) {
      cutter.cutNext(CommitCutter.Cut.AFTER);
      assertThat(post(served, "/notes", KEY).body()).contains("/problems/outcome-unknown");
      Wire.Answer again = post(served, "/notes", KEY);
      assertThat(again.status()).isEqualTo(201);
      assertThat(isReplayed(again)).isTrue();
    }
    assertThat(NOTES.notes()).isEqualTo(1);
  }

  private static PostgresUrl through(CommitCutter cutter) {
    return PostgresUrl.parse(
        NOTES.postgres.app().toString().replace(":" + TestPostgres.port(), ":" + cutter.port()));
  }

  /// Another body under the same key was answered with what the first had got. (idempotency4j, 12)
  @Test
  void bug5AnotherBodyGetsTheStoredAnswer() throws IOException {
    try (Served served = serving(keyed(Method.POST, "/notes", adding()))) {
      post(served, "/notes", KEY);
      Wire.Answer other = served.post("/notes", "{\"text\":\"another\"}", Notes.ADA, KEY);
      assertThat(other.status()).isEqualTo(422);
      assertThat(other.body()).doesNotContain("note 1");
    }
    assertThat(NOTES.notes()).isEqualTo(1);
  }

  /// What was kept lay under another key than was looked for, so that nothing was ever replayed;
  /// 201 came back as 200, without `Location` and `ETag`; two resources shared a key, and so did
  /// two tenants. (fullstackhero, 240)
  @Test
  void bug6StoredAnswerIsNotFoundNotWholeOrSomebodyElses() throws IOException {
    try (Served served =
        serving(keyed(Method.POST, "/notes", adding()), keyed(Method.PUT, "/notes/{id}", put()))) {
      Wire.Answer made = post(served, "/notes", KEY);
      Wire.Answer again = post(served, "/notes", KEY);
      assertThat(isReplayed(again)).isTrue();
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.header("location")).isEqualTo("/notes/1").isEqualTo(made.header("location"));
      assertThat(again.header("etag")).isEqualTo("\"1\"").isEqualTo(made.header("etag"));
      assertThat(again.body()).isEqualTo(made.body());

      String other = KEY.replace("key", "put");
      assertThat(put(served, "/notes/1", other).body()).isEqualTo("{\"id\":\"1\"}");
      assertThat(put(served, "/notes/2", other).status()).isEqualTo(422);

      for (String another : new String[] {Notes.BOB, Notes.ADA.replace("acme", "globex")}) {
        Wire.Answer answer = served.post("/notes", BODY, KEY, another);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(isReplayed(answer)).isFalse();
      }
    }
  }

  private static Handler put() {
    return new Handler.Writing(input -> {
      String id = input.path("id").required(Text.ANY);
      return _ -> Served.text("{\"id\":\"" + id + "\"}");
    });
  }

  private static Wire.Answer put(Served served, String path, String key) throws IOException {
    return served.send(Served.request("PUT", path, Notes.ADA, key) + "\r\n");
  }

  /// What looked for the key read the body, and left none for the handler. (fincore-engine, 43)
  @Test
  void bug7HandlerFindsTheBodyReadAlready() throws IOException {
    String text = "0123456789".repeat(40);
    String body = "{\"text\":\"" + text + "\"}";
    try (Served served = serving(keyed(Method.POST, "/notes", adding()));
        Wire wire = served.connect()) {
      wire.send(
          Served.request("POST", "/notes", Notes.ADA, KEY)
              + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < body.length(); i++) {
        wire.send("1\r\n" + body.charAt(i) + "\r\n");
      }
      assertThat(wire.send("0\r\n\r\n").read().status()).isEqualTo(201);
    }
    assertThat(NOTES.postgres.ask("select text from note")).containsExactly(text);
  }
}
