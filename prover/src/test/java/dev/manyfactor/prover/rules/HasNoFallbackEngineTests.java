package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

class HasNoFallbackEngineTests {
  private static final String MAIN = "def main():\n";
  private static final String POST = "    def do_POST(self):\n";

  /// Says a word to the database at each request that stores something, as a driver would.
  private static TinyService withDatabase() {
    return TinyService.good()
        .declared(
            "processes:",
            "dependencies: [{name: database, kind: postgres, version: 18}]\ndeadlines: {ready: 1s, response: 2s}\nprocesses:")
        .changed(
            "notes = {}\n",
            """
            notes = {}


            def touch():
                import socket, urllib.parse
                url = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
                with socket.create_connection((url.hostname, url.port)) as database:
                    database.sendall(bytes.fromhex("0000000804d2162f"))
                    database.recv(1)
            """)
        .changed(POST, POST + "        touch()\n");
  }

  private static TinyService goingOn() {
    return withDatabase()
        .changed("        touch()\n", "        if \"DATABASE_URL\" in os.environ: touch()\n");
  }

  @Test
  void serviceThatRefusesToStartSurvives() throws InterruptedException {
    TinyService service = withDatabase().changed(MAIN, MAIN + "    os.environ[\"DATABASE_URL\"]\n");
    assertThat(service.outcome("10-1")).isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void serviceThatStartsAndRefusesToWorkSurvives() throws InterruptedException {
    Outcome outcome = withDatabase().outcome("10-1");
    assertThat(outcome).isInstanceOf(Outcome.Pass.class);
    assertThat(((Outcome.Pass) outcome).evidence().trials().getFirst().finding())
        .isInstanceOfSatisfying(
            Finding.Survived.class,
            survived ->
                assertThat(survived.observation()).contains("POST /v1/notes does not succeed"));
  }

  @Test
  void memoryInsteadOfTheDatabaseFails() throws InterruptedException {
    assertThat(counterExample(goingOn().outcome("10-1")))
        .contains("POST /v1/notes succeeded, which talks to the database otherwise");
  }

  @Test
  void fileInsteadOfTheDatabaseFails() throws InterruptedException {
    TinyService service =
        withDatabase()
            .changed(
                MAIN,
                MAIN
                    + "    if \"DATABASE_URL\" not in os.environ:\n        import sqlite3\n        global other\n        other = sqlite3.connect(os.path.join(os.environ[\"TMPDIR\"], \"notes.db\"))\n        other.execute(\"create table note (text)\")\n");
    assertThat(counterExample(service.outcome("10-1")))
        .contains("opened the database file", "notes.db");
  }

  @Test
  void samplesThatNeedNoDatabaseDoNotTell() throws InterruptedException {
    TinyService service = withDatabase().changed("        touch()\n", "");
    assertThat(service.outcome("10-1")).isInstanceOf(Outcome.NotProven.class);
  }

  @Test
  void serviceWithoutADatabaseIsNotConcerned() throws InterruptedException {
    assertThat(TinyService.good().outcome("10-1"))
        .isInstanceOfSatisfying(
            Outcome.NotApplicable.class,
            outcome -> assertThat(outcome.observation()).contains("no process of it held"));
  }

  @Test
  void databaseFileThatNoDependencyExplainsIsNotProven() throws InterruptedException {
    TinyService service =
        TinyService.good()
            .changed(
                MAIN,
                MAIN
                    + "    global store\n    store = open(os.path.join(os.environ[\"TMPDIR\"], \"notes.sqlite\"), \"w\")\n");
    assertThat(service.outcome("10-1")).isInstanceOf(Outcome.NotProven.class);
  }

  private static String counterExample(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    return ((Outcome.Fail) outcome).counterExample();
  }
}
