package dev.manyfactor.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.idempotency.IdempotencySettings;
import dev.manyfactor.json.Text;
import dev.manyfactor.migrations.Migrations;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One effect per key, seen from outside: through a real port and a real database.
class KeyedRequestTests {
  private static final String BODY = "{\"text\":\"a note\"}";
  private static final String KEY = "Idempotency-Key: \"0192f0c1-key-of-a-test\"";

  private static final TestPostgres POSTGRES = databaseWithKeys();
  private static final Database DATABASE = POSTGRES.open();

  private final AtomicInteger runs = new AtomicInteger();
  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Served served =
      Served.with(
          Served.setup().backing(backing()),
          keyed("/notes", this::prepareNote),
          keyed("/notes/{id}/copies", this::prepareNote),
          keyed("/failing", this::prepareFailure),
          keyed("/slow", this::prepareSlowNote),
          calling());

  private static TestPostgres databaseWithKeys() {
    TestPostgres postgres = Notes.database();
    new Migrations(List.of(Idempotency.migrations()), new Release("notes", "1", "test"))
        .apply(postgres.owner(), postgres.app(), _ -> {});
    return postgres;
  }

  private static Backing backing() {
    var keys =
        new Idempotency(
            DATABASE, Configured.of(IdempotencySettings.DEFAULT), InstantSource.system());
    return new Backing(Optional.of(DATABASE), Optional.of(keys), Optional.of(Notes::judge));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void forget() {
    POSTGRES.superuserExecute("truncate note, manyfactor.idempotency");
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private static Operation keyed(String path, Preparation<Write> note) {
    return Notes.guarded(Method.POST, path, new Idempotent.Keyed(), new Handler.Writing(note));
  }

  private Action<Write> prepareNote(Input input) {
    input.query("view").optional(Text.ANY);
    String text = Notes.text(input);
    return write -> {
      Notes.add(write, text);
      int run = runs.incrementAndGet();
      return Response.json(201, Echo.CODEC, new Echo("note " + run))
          .header("Location", "/notes/" + run);
    };
  }

  private Action<Write> prepareFailure(Input input) {
    String text = Notes.text(input);
    return write -> {
      Notes.add(write, text);
      if (runs.incrementAndGet() == 1) {
        throw new IllegalStateException("a bug, the first time");
      }
      return Response.problem(Problem.of(409, "too-much", "no more"));
    };
  }

  private Action<Write> prepareSlowNote(Input input) {
    String text = Notes.text(input);
    return write -> {
      entered.release();
      await();
      Notes.add(write, text);
      return Response.empty(204);
    };
  }

  private Operation calling() {
    return Notes.guarded(
        Method.POST,
        "/calling",
        new Idempotent.Keyed(),
        new Handler.Calling(input -> {
          String text = Notes.text(input);
          return call -> {
            int run = runs.incrementAndGet();
            return call.write(write -> {
              Notes.add(write, text);
              return Response.json(201, Echo.CODEC, new Echo(call.key() + run));
            });
          };
        }));
  }

  private Wire.Answer post(String path, String body, String... headers) throws IOException {
    String[] all = Stream.concat(Stream.of(Notes.ADA), Stream.of(headers)).toArray(String[]::new);
    return served.post(path, body, all);
  }

  private static int notes() {
    return Integer.parseInt(POSTGRES.ask("select count(*) from note").getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/notes", "/calling"})
  void repetitionIsAnsweredWithTheSameBytesAndHasNoEffect(String path) throws IOException {
    Wire.Answer first = post(path, BODY, KEY);
    Wire.Answer second = post(path, BODY, KEY);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.headers()).doesNotContainKey("idempotent-replayed");
    assertThat(second.header("idempotent-replayed")).isEqualTo("true");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("location")).isEqualTo(first.header("location"));
    assertThat(second.header("content-type")).isEqualTo("application/json");
    assertThat(notes()).isEqualTo(1);
    assertThat(runs).hasValue(1);
  }

  @Test
  void quotedAndBareKeyAreOneKey() throws IOException {
    post("/notes", BODY, KEY);
    assertThat(post("/notes", BODY, KEY.replace("\"", "")).header("idempotent-replayed"))
        .isEqualTo("true");
  }

  @Test
  void keyOfAnotherCallerIsAnotherKey() throws IOException {
    post("/notes", BODY, KEY);
    Wire.Answer other = served.post("/notes", BODY, KEY, Notes.BOB);
    assertThat(other.status()).isEqualTo(201);
    assertThat(other.headers()).doesNotContainKey("idempotent-replayed");
    assertThat(notes()).isEqualTo(2);
  }

  @Test
  void differentRequestUnderTheSameKeyIsRefused() throws IOException {
    post("/notes", BODY, KEY);
    assertReused(post("/notes", "{\"text\": \"a note\"}", KEY));
    assertReused(post("/notes?view=full", BODY, KEY));
    assertReused(post("/notes/7/copies", BODY, KEY));
    assertReused(post("/failing", BODY, KEY));
    assertThat(notes()).isEqualTo(1);
  }

  private static void assertReused(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("/problems/idempotency-key-reused");
  }

  @Test
  void keyIsNeeded() throws IOException {
    Wire.Answer answer = post("/notes", BODY);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("/problems/idempotency-key-missing");
    assertThat(notes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "\"0192f0c1-key-of-a-test", "0192f0c1 key of a test", ""})
  void keyThatIsNoneIsRefused(String key) throws IOException {
    Wire.Answer answer = post("/notes", BODY, "Idempotency-Key: " + key);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("/problems/idempotency-key-invalid");
    assertThat(notes()).isZero();
  }

  @Test
  void twoKeysAreNoKey() throws IOException {
    Wire.Answer answer = post("/notes", BODY, KEY, KEY);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("/problems/idempotency-key-invalid", "is there 2 times; send one key");
    assertThat(notes()).isZero();
  }

  @Test
  void keyThatWasMadeTooLongAgoIsRefused() throws IOException {
    Wire.Answer answer =
        post("/notes", BODY, "Idempotency-Key: 017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("/problems/idempotency-key-expired");
    assertThat(notes()).isZero();
  }

  @Test
  void keyIsAmongTheViolationsOfARequestThatBreaksOtherRulesToo() throws IOException {
    assertThat(post("/notes?colour=red", "{}").body())
        .contains("/problems/invalid-request", "3 rules are broken")
        .contains("\"pointer\":\"query.colour\"", "\"pointer\":\"/text\"")
        .contains("\"pointer\":\"header.idempotency-key\",\"rule\":\"required\"");
    assertThat(post("/notes", "{}", "Idempotency-Key: short").body())
        .contains("\"pointer\":\"header.idempotency-key\",\"rule\":\"format\"");
  }

  @Test
  void invalidRequestDoesNotUseUpItsKey() throws IOException {
    assertThat(post("/notes", "{}", KEY).status()).isEqualTo(400);
    assertThat(post("/notes", BODY, KEY).status()).isEqualTo(201);
  }

  @Test
  void failureIsForgottenAndARejectionIsKept() throws IOException {
    assertThat(post("/failing", BODY, KEY).status()).isEqualTo(500);
    assertThat(notes()).isZero();
    Wire.Answer rejection = post("/failing", BODY, KEY);
    assertThat(rejection.status()).isEqualTo(409);
    Wire.Answer repeated = post("/failing", BODY, KEY);
    assertThat(repeated.header("idempotent-replayed")).isEqualTo("true");
    assertThat(repeated.header("content-type")).isEqualTo("application/problem+json");
    assertThat(repeated.body()).isEqualTo(rejection.body());
    assertThat(notes()).isEqualTo(1);
  }

  @Test
  void storedAnswerOfAFormerContractIsCaughtWhereAnswersAreChecked() throws IOException {
    Operation former =
        keyed(
            "/changed",
            input -> {
              Notes.text(input);
              return _ -> Response.of(200, "text/csv", "a,b".getBytes(UTF_8));
            });
    try (Served before =
            Served.with(Served.setup().backing(backing()), former.producing("text/csv"));
        Served after = Served.with(Served.setup().backing(backing()).checking(), former);
        var lines = new LogLines()) {
      assertThat(before.post("/changed", BODY, Notes.ADA, KEY).status()).isEqualTo(200);
      assertThat(after.post("/changed", BODY, Notes.ADA, KEY).status()).isEqualTo(500);
      assertThat(lines.failures()).singleElement().asString().contains("but is text/csv");
    }
  }

  @Test
  void requestWhoseKeyIsInUseIsAskedToComeBack() throws Exception {
    try (Wire first = served.connect()) {
      first.send(
          Served.request("POST", "/slow", Notes.ADA, KEY)
              + "Content-Type: application/json\r\nContent-Length: 17\r\n\r\n"
              + BODY);
      assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      Wire.Answer second = post("/slow", BODY, KEY);
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.header("retry-after")).isEqualTo("1");
      assertThat(second.body()).contains("/problems/idempotency-key-in-flight");
      release.countDown();
      assertThat(first.read().status()).isEqualTo(204);
    }
    assertThat(post("/slow", BODY, KEY).header("idempotent-replayed")).isEqualTo("true");
    assertThat(notes()).isEqualTo(1);
  }

  @Test
  void sixteenAtOnceHaveOneEffect() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Wire.Answer> once = () -> post("/notes", BODY, KEY);
      var answers = threads.invokeAll(Stream.generate(() -> once).limit(16).toList());
      for (var answer : answers) {
        assertThat(answer.get().status()).isIn(201, 409);
      }
    }
    assertThat(post("/notes", BODY, KEY).status()).isEqualTo(201);
    assertThat(notes()).isEqualTo(1);
  }

  private void await() {
    try {
      assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
