package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Result;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TasksTests {
  private static final String LOCK =
      """
          cursor.execute("select pg_try_advisory_xact_lock(1)")
          if not cursor.fetchone()[0]:
              sys.exit("another migration is running")
      """;
  private static final String EACH_FOURTH = "        if cursor.fetchone()[0] % 4 == 0:\n";
  private static final String CHAOS =
      """
      chaos:
        operations:
          - name: note
            request: POST /v1/notes
            body: {text: "{unique}"}
            effects: select text from note union all select text from tally
        background:
          - name: tally
            process: worker
            after: note
            effects: select text from tally
      samples:
      """;

  @Test
  void goodServiceSurvives() throws InterruptedException {
    List<Result> found = found(TinyService.withTable());
    assertThat(Found.observation(of("12-1", found))).contains("migrate ended with 0 each time");
    assertThat(Found.observation(of("12-2", found))).contains("who found the lock taken said so");
    assertThat(Found.observation(of("12-3", found))).contains("answered 1 samples");
    assertThat(Found.observation(of("08-1", found))).contains("is there once in public.note");
    assertThat(of("08-2", found)).isInstanceOf(Outcome.NotApplicable.class);
    assertThat(of("09-5", found)).isInstanceOf(Outcome.NotApplicable.class);
  }

  @Test
  void eachWeaknessIsFound() throws InterruptedException {
    TinyService weak =
        TinyService.withTable()
            .declared("    changes: [note]\n", "")
            .declared("tasks:", "  worker:\n    command: sleep 60\n    readiness: none\ntasks:")
            .edited("migrate.py", LOCK, "")
            .edited("migrate.py", "{role}\")", "{role}; grant create on schema public to {role}\")")
            .changed(
                "def main():\n",
                """
                OWN = "select pg_advisory_xact_lock(2); create table if not exists own (id bigint)"


                def main():
                    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection:
                        connection.cursor().execute(OWN)
                """)
            .changed("values (%s)", "values (%s) returning id")
            .changed(
                "(text,))\n", "(text,))\n" + EACH_FOURTH + "            connection.rollback()\n");
    List<Result> found = found(weak);
    assertThat(Found.counterExample(of("12-1", found)))
        .contains("public.note has 2 rows instead of 1", "tasks.note.changes");
    assertThat(Found.counterExample(of("12-2", found))).contains("note", "exit code 1");
    assertThat(Found.counterExample(of("12-3", found))).contains("create table if not exists own");
    assertThat(Found.counterExample(of("08-1", found))).contains("were to be there, but");
    assertThat(Found.reason(of("08-2", found))).contains("chaos.background");
    assertThat(Found.reason(of("09-5", found))).contains("chaos.background");
  }

  @Test
  void createThatIsThereTwiceIsACounterExample() throws InterruptedException {
    TinyService twice =
        TinyService.withTable()
            .changed("values (%s)", "values (%s) returning id")
            .changed(
                "(text,))\n",
                "(text,))\n"
                    + EACH_FOURTH
                    + "            cursor.execute('insert into note (text) values (%s)', (text,))\n");
    assertThat(Found.counterExample(twice.outcome("08-1"))).contains("rows in public.note");
  }

  @Test
  void jobWhoseEffectStandsBeforeItIsTakenIsACounterExample() throws InterruptedException {
    TinyService jobs =
        TinyService.withTable()
            .with("worker.py", TinyService.resource("worker.py"))
            .edited("migrate.py", "text text)\")", "text text); create table tally (text text)\")")
            .edited("migrate.py", "select, insert, delete on note", "all on note, tally")
            .declared(
                "tasks:",
                "  worker:\n    command: /usr/bin/python3 -B worker.py\n    readiness: none\ntasks:")
            .declared("samples:\n", CHAOS);
    TinyService apart =
        jobs.edited("worker.py", "with connection, connection.cursor()", "with connection.cursor()")
            .edited("worker.py", "\nwhile True", "\nconnection.autocommit = True\nwhile True");
    assertThat(Found.counterExample(apart.outcome("09-5"))).contains("but there are 2");
  }

  @Test
  void taskThatFailsIsACounterExampleWhereItsArgumentsAreGiven() throws InterruptedException {
    assertThat(Found.counterExample(task("command: test 1 = 2\n    example: -a x").outcome("12-1")))
        .contains("hello was to end with 0, but it ended with exit code");
    assertThat(Found.reason(task("command: test 1 = 2").outcome("12-1")))
        .contains("tasks.hello.example");
    assertThat(TinyService.good().outcome("12-1")).isInstanceOf(Outcome.NotApplicable.class);
  }

  private static TinyService task(String lines) {
    return TinyService.good().declared("samples:", "tasks:\n  hello:\n    " + lines + "\nsamples:");
  }

  private static List<Result> found(TinyService service) throws InterruptedException {
    Choice choice = new Choice(Set.of(), Set.of("08-1", "08-2", "09-5", "12-1", "12-2", "12-3"));
    return service.report(choice, Duration.ofMinutes(5), _ -> {}).results();
  }

  private static Outcome of(String requirement, List<Result> found) {
    return found.stream()
        .filter(result -> result.requirement().id().equals(requirement))
        .map(Result::outcome)
        .findFirst()
        .orElseThrow();
  }
}
