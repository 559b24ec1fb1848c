package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.idempotency.IdempotencySettings;
import dev.manyfactor.json.Text;
import dev.manyfactor.migrations.Migrations;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Uploads and downloads beside a real database: what they hold, and for how long.
class FilesInTransactionsTests {
  private static final String KEY = "Idempotency-Key: 0192f0c1-key-of-a-file";
  private static final TestPostgres POSTGRES = databaseWithKeys();
  private static final Form FORM =
      Form.of().field("title", "a").file("scan", "a.png", "image/png", "\u0089PNG");

  private final Database onlyOne =
      POSTGRES.open(
          DatabaseSettings.of(POSTGRES.app())
              .withPoolSize(1)
              .withAcquireTimeout(Duration.ofSeconds(20)));
  private final Served served =
      Served.with(
          Served.setup().backing(backing(onlyOne)),
          Notes.list(),
          keeping(Duration.ofSeconds(15)),
          answeringWithADownload("/keyed", new Idempotent.Keyed()),
          answeringWithADownload("/unkeyed", new Idempotent.None("a test")),
          export("/export", 15_000),
          export("/short-export", 1_500));

  private static TestPostgres databaseWithKeys() {
    TestPostgres postgres = Notes.database();
    new Migrations(List.of(Idempotency.migrations()), new Release("notes", "1", "test"))
        .apply(postgres.owner(), postgres.app(), _ -> {});
    return postgres;
  }

  private static Backing backing(Database database) {
    var keys =
        new Idempotency(
            database, Configured.of(IdempotencySettings.DEFAULT), InstantSource.system());
    return new Backing(Optional.of(database), Optional.of(keys), Optional.of(Notes::judge));
  }

  /// `POST /scans` keeps the title and the digest of a scan as a note.
  private static Operation keeping(Duration deadline) {
    return new Operation(
        "keepScan",
        Method.POST,
        "/scans",
        new Access.Scopes(Set.of()),
        new Idempotent.Keyed(),
        deadline,
        BodyRule.form(FormPart.field("title"), FormPart.file("scan", 1_000_000)),
        new Handler.Writing(input -> {
          String title = input.form().field("title").required(Text.ANY);
          Upload scan = input.form().required("scan");
          return write -> {
            Notes.add(write, title + " " + Objects.requireNonNull(scan).sha256().toBase64());
            return Response.json(201, Echo.CODEC, new Echo(scan.fileName().orElse("")));
          };
        }));
  }

  private static Operation answeringWithADownload(String path, Idempotent idempotent) {
    return Notes.guarded(
        Method.POST,
        path,
        idempotent,
        new Handler.Writing(input -> {
          String text = Notes.text(input);
          return write -> {
            Notes.add(write, text);
            return Response.download(
                200, "text/csv", Download.of("text/csv", out -> out.text("a")));
          };
        }));
  }

  /// Some 40 MB out of one query.
  private static Operation export(String path, int millis) {
    Operation reading =
        Notes.reading(
            path,
            _ ->
                read ->
                    Response.download(
                        200,
                        "text/csv",
                        Download.of(
                            "text/csv",
                            out ->
                                read.sql(
                                        "select repeat('x', 999) as line from generate_series(1, 40000)")
                                    .each(
                                        row -> row.text("line"), line -> out.text(line + "\n")))));
    return new Operation(
        reading.id(),
        reading.method(),
        reading.path(),
        reading.access(),
        reading.idempotent(),
        Duration.ofMillis(millis),
        reading.body(),
        reading.handler());
  }

  @BeforeEach
  void forget() {
    POSTGRES.superuserExecute("truncate note, manyfactor.idempotency");
  }

  @AfterEach
  void stop() {
    served.close();
    onlyOne.close();
  }

  private Wire.Answer keep(Form form, String... headers) throws IOException {
    try (Wire wire = served.connect()) {
      return wire.send(head(form, headers) + form.body()).read();
    }
  }

  private static String head(Form form, String... headers) {
    return Served.request("POST", "/scans", headers)
        + form.contentType()
        + "\r\nContent-Length: "
        + form.body().length()
        + "\r\n\r\n";
  }

  private static List<String> notes() {
    return POSTGRES.ask("select text from note order by 1");
  }

  @Test
  void sameFormWithAnotherBoundaryIsTheSameRequest() throws IOException {
    Wire.Answer first = keep(FORM, Notes.ADA, KEY);
    Wire.Answer second = keep(FORM.withBoundary("made-up-anew"), Notes.ADA, KEY);
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.header("idempotent-replayed")).isEqualTo("true");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(notes()).hasSize(1);
  }

  @Test
  void anotherFileNameTypeFieldOrOrderIsAnotherRequest() throws IOException {
    keep(FORM, Notes.ADA, KEY);
    Form titled = Form.of().field("title", "a");
    for (Form other :
        List.of(
            titled.file("scan", "a.png", "image/png", "\u0089PNh"),
            titled.file("scan", "b.png", "image/png", "\u0089PNG"),
            titled.file("scan", "a.png", "image/gif", "\u0089PNG"),
            Form.of().field("title", "b").file("scan", "a.png", "image/png", "\u0089PNG"),
            Form.of().file("scan", "a.png", "image/png", "\u0089PNG").field("title", "a"))) {
      Wire.Answer answer = keep(other, Notes.ADA, KEY);
      assertThat(answer.status()).as(other.body()).isEqualTo(422);
    }
    assertThat(notes()).hasSize(1);
  }

  @Test
  void formHoldsNoConnectionOfThePoolWhileItArrives() throws IOException {
    try (Wire slow = served.connect()) {
      slow.send(head(FORM, Notes.ADA, KEY) + FORM.body().substring(0, 150));
      assertThat(served.get("/notes", Notes.ADA).status()).isEqualTo(200);
      assertThat(slow.send(FORM.body().substring(150)).read().status()).isEqualTo(201);
    }
  }

  @Test
  void strangerIsRefusedBeforeTheFileIsSent() throws IOException {
    for (String header : List.of("X: y", Notes.ADA + "\r\nAccept: text/csv")) {
      try (Wire wire = served.connect()) {
        wire.send(head(FORM, "Expect: 100-continue", header));
        assertThat(wire.read().status()).as(header).isIn(401, 406);
      }
    }
  }

  @Test
  void operationThatWritesCannotAnswerWithADownload() throws IOException {
    for (String path : List.of("/keyed", "/unkeyed")) {
      Wire.Answer answer = served.post(path, "{\"text\":\"a\"}", Notes.ADA, KEY);
      assertThat(answer.status()).as(path).isEqualTo(500);
    }
    assertThat(notes()).isEmpty();
  }

  @Test
  void rowsAreSentWhileTheyAreRead() throws IOException {
    Wire.Answer answer = served.get("/export", Notes.ADA);
    assertThat(answer.body()).hasSize(40_000_000).startsWith("xxx").endsWith("x\n");
    assertThat(served.get("/notes", Notes.ADA).status()).isEqualTo(200);
  }

  @Test
  void clientThatNeverReadsHoldsItsConnectionOfThePoolUntilTheDeadline() throws Exception {
    try (Wire silent = served.connect()) {
      silent.send(Served.request("GET", "/short-export", Notes.ADA) + "\r\n");
      assertThat(silent.hasAnswerWithin(Duration.ofSeconds(20))).isTrue();
      assertThat(served.get("/notes", Notes.ADA).status()).isEqualTo(200);
      assertThatThrownBy(silent::read).isInstanceOf(IOException.class);
    }
    assertThat(served.server().inFlight().awaitNone(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void clientThatLeavesGivesItsConnectionOfThePoolBack() throws IOException {
    try (Wire leaving = served.connect()) {
      leaving.send(Served.request("GET", "/export", Notes.ADA) + "\r\n");
      assertThat(leaving.hasAnswerWithin(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(served.get("/notes", Notes.ADA).status()).isEqualTo(200);
  }
}
