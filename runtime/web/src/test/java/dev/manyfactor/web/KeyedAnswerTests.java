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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller may count on who repeats a request: which headers come again, for how long, who is
/// asked for its scopes, and that nobody waits.
class KeyedAnswerTests {
  private static final NotesUnderKeys NOTES = new NotesUnderKeys();
  private static final Database DATABASE = NOTES.pool(4);

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

  @Test
  void onlyTheHeadersOfTheContractAndTheUsualOnesAreSentAgain() throws IOException {
    Handler handler =
        new Handler.Writing(_ ->
            _ ->
                Response.json(201, Echo.CODEC, new Echo("a note"))
                    .header("Location", "/notes/1")
                    .header("ETag", "\"1\"")
                    .header("X-Cost", "3")
                    .header("Set-Cookie", "session=ada")
                    .header("Server-Timing", "db;dur=53"));
    var declared = new Idempotent.Keyed(Set.of("x-cost"));
    try (Served served = serving(Notes.guarded(Method.POST, "/notes", declared, handler))) {
      Wire.Answer first = post(served, "/notes", KEY);
      Wire.Answer again = post(served, "/notes", KEY);
      assertThat(isReplayed(again)).isTrue();
      for (String name : new String[] {"location", "etag", "x-cost", "content-type"}) {
        assertThat(again.header(name)).as(name).isNotEmpty().isEqualTo(first.header(name));
      }
      assertThat(first.header("set-cookie")).isEqualTo("session=ada");
      assertThat(again.headers()).doesNotContainKeys("set-cookie", "server-timing");
    }
    assertThat(NOTES.postgres.ask("select headers from manyfactor.idempotency").getFirst())
        .doesNotContain("session");
  }

  @Test
  void everyAnswerUnderAKeySaysForHowLongItIsKept() throws IOException {
    try (Served served = serving(keyed(Method.POST, "/notes", adding()))) {
      assertThat(post(served, "/notes", KEY).header("idempotency-retention")).isEqualTo("86400");
      assertThat(post(served, "/notes", KEY).header("idempotency-retention")).isEqualTo("86400");
      assertThat(served.get("/problems/idempotency-key-expired").body())
          .contains("Idempotency-Retention");
    }
  }

  @Test
  void callerWhoLostItsScopeGetsNoStoredAnswer() throws IOException {
    Operation open = keyed(Method.POST, "/notes", adding());
    Operation guarded =
        new Operation(
            open.id(),
            open.method(),
            open.path(),
            new Access.Scopes(Set.of("notes:write")),
            open.idempotent(),
            open.deadline(),
            open.body(),
            open.handler());
    try (Served served = serving(guarded)) {
      assertThat(served.post("/notes", BODY, KEY, Notes.ADA + " notes:write").status())
          .isEqualTo(201);
      Wire.Answer refused = served.post("/notes", BODY, KEY, Notes.ADA + " notes:read");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("/problems/forbidden").doesNotContain("note 1");
      assertThat(isReplayed(served.post("/notes", BODY, KEY, Notes.ADA + " notes:write"))).isTrue();
    }
  }

  @Test
  void anotherContentTypeIsAnotherRequest() throws IOException {
    try (Served served = serving(keyed(Method.POST, "/notes", adding()))) {
      post(served, "/notes", KEY);
      Wire.Answer other =
          served.send(
              Served.request("POST", "/notes", Notes.ADA, KEY)
                  + "Content-Type: application/json; charset=utf-8\r\nContent-Length: 17\r\n\r\n"
                  + BODY);
      assertThat(other.status()).isEqualTo(422);
      assertThat(other.body()).contains("/problems/idempotency-key-reused");
    }
    assertThat(NOTES.notes()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0192f0c1-key\\\"-of-a-test\"", // an escaped quote
        "\"0192f0c1-key\\\\-of-a-test\"", // an escaped backslash
        "\"0192f0c1-key-of-a-test\";v=1", // parameters
        "\"0192f0c1-key-of-a-test\", \"another-key-of-a-test\"", // a list
        "'0192f0c1-key-of-a-test'",
        ":MDE5MmYwYzEta2V5LW9mLWEtdGVzdA==:", // bytes
        "\"\"",
      })
  void fieldOfAnotherStructureIsNoKey(String field) throws IOException {
    try (Served served = serving(keyed(Method.POST, "/notes", adding()))) {
      Wire.Answer answer = post(served, "/notes", "Idempotency-Key: " + field);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("/problems/idempotency-key-invalid");
    }
    assertThat(NOTES.notes()).isZero();
  }

  @Test
  void keyOfMoreThan128CharactersIsNoKey() throws IOException {
    try (Served served = serving(keyed(Method.POST, "/notes", adding()))) {
      assertThat(post(served, "/notes", "Idempotency-Key: " + "k".repeat(128)).status())
          .isEqualTo(201);
      for (int length : new int[] {129, 4_000}) {
        Wire.Answer answer = post(served, "/notes", "Idempotency-Key: " + "k".repeat(length));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("has " + length).doesNotContain("kkk");
      }
    }
  }

  @Test
  void keyThatSaysWhenItWasMadeMustBeOfTheRetentionOrFiveMinutesAhead() throws IOException {
    try (Served served = serving(keyed(Method.POST, "/notes", adding()))) {
      for (Duration inside : new Duration[] {Duration.ofHours(-23), Duration.ofMinutes(4)}) {
        assertThat(post(served, "/notes", madeIn(inside)).status()).isEqualTo(201);
      }
      for (Duration outside : new Duration[] {Duration.ofHours(-25), Duration.ofMinutes(6)}) {
        Wire.Answer refused = post(served, "/notes", madeIn(outside));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body())
            .contains("/problems/idempotency-key-expired")
            .contains("must be from the last 24 h, and at most 5 min ahead of the service");
      }
    }
    assertThat(NOTES.notes()).isEqualTo(2);
  }

  private static String madeIn(Duration fromNow) {
    String time = "%012x".formatted(Instant.now().plus(fromNow).toEpochMilli());
    return "Idempotency-Key: %s-%s-7abc-8def-0123456789ab"
        .formatted(time.substring(0, 8), time.substring(8));
  }

  @Test
  void failureThatAHandlerAnswersIsNotKept() throws IOException {
    var runs = new Semaphore(0);
    Handler handler =
        new Handler.Writing(input -> {
          String text = Notes.text(input);
          return write -> {
            runs.release();
            Notes.add(write, text);
            return Response.problem(Problem.of(503, "closed", "come back tomorrow"));
          };
        });
    try (Served served = serving(keyed(Method.POST, "/notes", handler))) {
      for (int i = 0; i < 2; i++) {
        Wire.Answer answer = post(served, "/notes", KEY);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(isReplayed(answer)).isFalse();
      }
    }
    assertThat(runs.availablePermits()).isEqualTo(2);
    assertThat(NOTES.notes() + NOTES.answers()).isZero();
  }

  @Test
  void duplicateIsAnsweredWhileTheOnlyConnectionIsAtWork() throws Exception {
    var entered = new Semaphore(0);
    var release = new CountDownLatch(1);
    Operation slow = keyed(Method.POST, "/slow", waiting(entered, release));
    try (Database one = NOTES.pool(1);
        Served served = Served.with(Served.setup().backing(backing(one)), slow);
        Wire first = served.connect()) {
      first.send(
          Served.request("POST", "/slow", Notes.ADA, KEY)
              + "Content-Type: application/json\r\nContent-Length: 17\r\n\r\n"
              + BODY);
      assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 3; i++) {
        Wire.Answer duplicate = post(served, "/slow", KEY);
        assertThat(duplicate.status()).isEqualTo(409);
        assertThat(duplicate.header("retry-after")).isEqualTo("1");
      }
      release.countDown();
      assertThat(first.read().status()).isEqualTo(204);
      assertThat(isReplayed(post(served, "/slow", KEY))).isTrue();
    }
  }

  @Test
  void duplicateOfWorkInAnotherProcessLeavesTheOnlyConnectionFree() throws Exception {
    var entered = new Semaphore(0);
    var release = new CountDownLatch(1);
    Operation slow = keyed(Method.POST, "/slow", waiting(entered, release));
    try (Database one = NOTES.pool(1);
        Served there = serving(slow);
        Served here = Served.with(Served.setup().backing(backing(one)), slow, Notes.list());
        Wire first = there.connect()) {
      first.send(
          Served.request("POST", "/slow", Notes.ADA, KEY)
              + "Content-Type: application/json\r\nContent-Length: 17\r\n\r\n"
              + BODY);
      assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(post(here, "/slow", KEY).status()).isEqualTo(409);
        assertThat(here.get("/notes", Notes.ADA).status()).isEqualTo(200);
      }
      release.countDown();
      assertThat(first.read().status()).isEqualTo(204);
      assertThat(isReplayed(post(here, "/slow", KEY))).isTrue();
    }
  }

  private static Handler waiting(Semaphore entered, CountDownLatch release) {
    return new Handler.Writing(_ ->
        _ -> {
          entered.release();
          try {
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return Response.empty(204);
        });
  }
}
