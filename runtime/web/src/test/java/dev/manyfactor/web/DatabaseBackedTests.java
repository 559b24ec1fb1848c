package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Operations in transactions of a real database, and what a client learns when it fails.
class DatabaseBackedTests {
  private static final String BODY = "{\"text\":\"a note\"}";

  private static final TestPostgres POSTGRES = Notes.database();
  private static final Database DATABASE = POSTGRES.open();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void forget() {
    POSTGRES.superuserExecute("truncate note");
  }

  private static Served serving(Operation... operations) {
    return serving(DATABASE, operations);
  }

  private static Served serving(Database database, Operation... operations) {
    return Served.with(Served.setup().backing(Notes.backing(database)), operations);
  }

  private static Operation adding() {
    return Notes.writing(
        "/notes",
        input -> {
          String text = Notes.text(input);
          return write -> {
            Notes.add(write, text);
            return Response.empty(201);
          };
        });
  }

  private static List<String> stored() {
    return POSTGRES.ask("select tenant || ': ' || text from note order by 1");
  }

  @Test
  void whatATenantWritesItReadsAndNobodyElse() throws IOException {
    try (Served served = serving(Notes.list(), adding())) {
      assertThat(served.post("/notes", BODY, Notes.ADA).status()).isEqualTo(201);
      assertThat(served.get("/notes", Notes.ADA).body()).isEqualTo("a note");
      assertThat(served.get("/notes", Notes.BOB).body()).isEmpty();
    }
  }

  @Test
  void callerWithoutATenantIsRefused() throws IOException {
    try (Served served = serving(Notes.list())) {
      Wire.Answer answer = served.get("/notes", "Authorization: Bearer eve@");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("names no tenant");
    }
  }

  @Test
  void rejectionThatAHandlerReturnsCommits() throws IOException {
    Operation rejecting =
        Notes.writing(
            "/rejecting",
            input -> {
              String text = Notes.text(input);
              return write -> {
                Notes.add(write, text);
                return Response.problem(Problem.of(409, "too-much", "no more"));
              };
            });
    try (Served served = serving(rejecting)) {
      assertThat(served.post("/rejecting", BODY, Notes.ADA).status()).isEqualTo(409);
    }
    assertThat(stored()).containsExactly("acme: a note");
  }

  @Test
  void handlerThatFailsLeavesNothing() throws IOException {
    Operation failing =
        Notes.writing(
            "/failing",
            input -> {
              String text = Notes.text(input);
              return write -> {
                Notes.add(write, text);
                throw new IllegalStateException("a bug");
              };
            });
    try (Served served = serving(failing)) {
      assertThat(served.post("/failing", BODY, Notes.ADA).status()).isEqualTo(500);
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void answerThatBreaksTheContractLeavesNothing() throws IOException {
    Operation careless =
        Notes.writing(
            "/careless",
            input -> {
              String text = Notes.text(input);
              return write -> {
                Notes.add(write, text);
                return Response.json(201, Echo.CODEC, new Echo("x".repeat(901)));
              };
            });
    try (Served served = serving(careless)) {
      assertThat(served.post("/careless", BODY, Notes.ADA).status()).isEqualTo(500);
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void invalidRequestNeedsNoDatabase() throws IOException {
    try (Database absent = POSTGRES.open(DatabaseSettings.of(nowhere()));
        Served served = serving(absent, adding())) {
      assertThat(served.post("/notes", "{}", Notes.ADA).status()).isEqualTo(400);
    }
  }

  @Test
  void failureThatAHandlerReturnsLeavesNothing() throws IOException {
    Operation writing =
        Notes.writing(
            "/writing",
            input -> {
              String text = Notes.text(input);
              return write -> {
                Notes.add(write, text);
                return Response.problem(Problem.of(503, "closed", "come back tomorrow"));
              };
            });
    Operation calling =
        Notes.guarded(
            Method.POST,
            "/calling",
            new Idempotent.None("a test"),
            new Handler.Calling(input -> {
              String text = Notes.text(input);
              return call ->
                  call.write(write -> {
                    Notes.add(write, text);
                    return Response.problem(Problem.of(502, "closed", "not today"));
                  });
            }));
    try (Served served = serving(writing, calling)) {
      assertThat(served.post("/writing", BODY, Notes.ADA).status()).isEqualTo(503);
      assertThat(served.post("/calling", BODY, Notes.ADA).status()).isEqualTo(502);
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void callReadsAndWritesInTransactionsOfItsOwn() throws IOException {
    Operation calling =
        Notes.guarded(
            Method.POST,
            "/calling",
            new Idempotent.None("a test"),
            new Handler.Calling(input -> {
              String text = Notes.text(input);
              return call -> {
                String before = call.read(Notes::texts);
                return call.write(write -> {
                  Notes.add(write, text);
                  return Served.text(before + "|" + Notes.texts(write));
                });
              };
            }));
    try (Served served = serving(calling)) {
      assertThat(served.post("/calling", BODY, Notes.ADA).body()).isEqualTo("|a note");
    }
    assertThat(stored()).containsExactly("acme: a note");
  }

  @Test
  void statementThatOutlivesTheDeadlineIsAnsweredWith504() throws IOException {
    Operation sleeping =
        Notes.reading(
            "/sleeping", _ -> read -> Served.text("" + read.sql("select pg_sleep(60)").exists()));
    Operation impatient =
        new Operation(
            sleeping.id(),
            sleeping.method(),
            sleeping.path(),
            sleeping.access(),
            sleeping.idempotent(),
            Duration.ofMillis(500),
            sleeping.body(),
            sleeping.handler());
    try (Served served = serving(impatient, Notes.list())) {
      assertUnavailable(served.get("/sleeping", Notes.ADA), 504, "/problems/timeout");
      assertThat(served.get("/notes", Notes.ADA).status()).isEqualTo(200);
    }
  }

  @Test
  void requestThatFindsNoFreeConnectionIsAnsweredWith503() throws Exception {
    var release = new CountDownLatch(1);
    var entered = new Semaphore(0);
    Operation holding =
        Notes.reading(
            "/holding",
            _ ->
                read -> {
                  entered.release();
                  await(release);
                  return Served.text(Notes.texts(read));
                });
    var one =
        DatabaseSettings.of(POSTGRES.app())
            .withPoolSize(1)
            .withAcquireTimeout(Duration.ofMillis(300));
    try (Database small = POSTGRES.open(one);
        Served served = serving(small, holding, Notes.list());
        Wire wire = served.connect()) {
      wire.send(Served.request("GET", "/holding", Notes.ADA) + "\r\n");
      assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      Wire.Answer answer = served.get("/notes", Notes.ADA);
      assertUnavailable(answer, 503, "/problems/dependency-unavailable");
      release.countDown();
      assertThat(wire.read().status()).isEqualTo(200);
    }
  }

  @Test
  void databaseThatIsNotThereIsAnsweredWith503() throws IOException {
    try (Database absent = POSTGRES.open(DatabaseSettings.of(nowhere()));
        Served served = serving(absent, Notes.list(), Served.answering("/fast", "{}"))) {
      Wire.Answer answer = served.get("/notes", Notes.ADA);
      assertUnavailable(answer, 503, "/problems/dependency-unavailable");
      assertThat(served.get("/fast").status()).isEqualTo(200);
    }
  }

  @Test
  void publicOperationOnATenantsDataDoesNotStart() {
    Operation list = Notes.list();
    var open =
        new Operation(
            list.id(),
            list.method(),
            list.path(),
            new Access.Public(),
            list.idempotent(),
            list.deadline(),
            list.body(),
            list.handler());
    assertThatThrownBy(() -> serving(open))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation GET/notes is public, so it has no tenant");
  }

  @Test
  void operationWithoutItsDatabaseOrKeysDoesNotStart() {
    Operation keyed =
        Notes.guarded(
            Method.POST,
            "/keyed",
            new Idempotent.Keyed(),
            new Handler.Writing(_ -> _ -> Response.empty(204)));
    var nothing = new Backing(Optional.empty(), Optional.empty(), Optional.of(Notes::judge));
    assertThatThrownBy(() -> Served.with(Served.setup().backing(nothing), keyed, Notes.list()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation POST/keyed is keyed but nothing keeps keys")
        .hasMessageContaining("operation POST/keyed needs a database")
        .hasMessageContaining("operation GET/notes needs a database");
  }

  private static PostgresUrl nowhere() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return PostgresUrl.parse("postgres://app@127.0.0.1:" + socket.getLocalPort() + "/none");
    }
  }

  private static void assertUnavailable(Wire.Answer answer, int status, String type) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(answer.body()).contains(type).doesNotContain("127.0.0.1", "select", "Pool");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
