package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

/// 03-1, 03-2 and 03-3 on a service that checks its variables first, and on some that do not.
class DeclaredVariablesTests {
  private static final String MAIN = "def main():\n";
  private static final String READS =
      """
      def main():
          wrong = []
          if not os.environ.get("PEPPER"):
              wrong.append("PEPPER is not set")
          if not os.environ["PORT"].isdigit():
              wrong.append("PORT must be a number")
          if not os.environ.get("PAUSE", "5s").rstrip("s").isdigit():
              wrong.append("PAUSE must be a time such as 5s")
          if wrong:
              sys.exit("; ".join(wrong))
      """;
  private static final String DECLARED =
      """
      variables:
        PEPPER: {secret: true}
        PAUSE: {type: duration, required: false, example: 5s}
      deadlines: {ready: 1s, response: 2s}
      environment: {PAUSE: 7s}
      processes:\
      """;

  private static TinyService checking() {
    return TinyService.good().changed(MAIN, READS).declared("processes:", DECLARED);
  }

  @Test
  void serviceThatNeedsOnlyWhatItDeclaresSurvives() throws InterruptedException {
    assertThat(survived(checking().outcome("03-1")))
        .contains("set were PEPPER, and for every process", "TMPDIR")
        .doesNotContain("PAUSE");
  }

  @Test
  void variableThatIsNotDeclaredFails() throws InterruptedException {
    TinyService service = checking().changed(MAIN, MAIN + "    os.environ[\"SALT\"]\n");
    assertThat(counterExample(service.outcome("03-1"))).contains("KeyError", "needs SALT");
  }

  @Test
  void optionalVariableThatItCannotDoWithoutFails() throws InterruptedException {
    TinyService service = checking().changed("get(\"PAUSE\", \"5s\")", "get(\"PAUSE\", \"\")");
    assertThat(counterExample(service.outcome("03-1"))).contains("needs PAUSE");
  }

  @Test
  void workerMayNeedWhatIsNotDeclaredToo() throws InterruptedException {
    TinyService service =
        checking()
            .with(
                "worker.py",
                "import os, sys, time\ntime.sleep(0.7)\nsys.exit(\"ERROR: SALT is not set\") if not \"SALT\" in os.environ else time.sleep(60)\n")
            .declared(
                "samples:",
                "  worker: {command: /usr/bin/python3 -B worker.py, readiness: none}\nsamples:");
    assertThat(counterExample(service.outcome("03-1"))).contains("with SALT it became ready");
  }

  @Test
  void serviceThatIsBrokenInAnotherWayIsNotProven() throws InterruptedException {
    TinyService service =
        checking().changed(MAIN, MAIN + "    sys.exit(\"ERROR 17: no LICENSE file\")\n");
    assertThat(service.outcome("03-1")).isInstanceOf(Outcome.NotProven.class);
  }

  @Test
  void serviceThatRefusesToStartWithoutAVariableSurvives() throws InterruptedException {
    assertThat(survived(checking().outcome("03-2"))).contains("PEPPER is not set");
  }

  @Test
  void missingVariableThatNobodyNamesFails() throws InterruptedException {
    TinyService service = checking().changed("PEPPER is not set", "something is missing");
    assertThat(counterExample(service.outcome("03-2")))
        .contains("without PEPPER", "expected to name PEPPER");
  }

  @Test
  void missingVariableThatEndsItWithZeroFails() throws InterruptedException {
    TinyService service =
        checking().changed("sys.exit(\"; \".join(wrong))", "print(wrong); sys.exit(0)");
    assertThat(counterExample(service.outcome("03-2"))).contains("exit code 0");
  }

  @Test
  void missingVariableThatIsFoundOutByARequestFails() throws InterruptedException {
    TinyService service =
        checking()
            .changed("if not os.environ.get(\"PEPPER\")", "if False")
            .changed(
                "    def do_POST(self):\n",
                "    def do_POST(self):\n        os.environ[\"PEPPER\"]\n");
    assertThat(counterExample(service.outcome("03-2"))).contains("became ready", "POST /v1/notes");
  }

  @Test
  void missingVariableThatNobodyMissesFails() throws InterruptedException {
    TinyService service = checking().changed("if not os.environ.get(\"PEPPER\")", "if False");
    assertThat(counterExample(service.outcome("03-2"))).contains("no process type does");
  }

  @Test
  void workerMayRefuseForAll() throws InterruptedException {
    TinyService service =
        checking()
            .changed("if not os.environ.get(\"PEPPER\")", "if False")
            .with("worker.py", "import os, time\nos.environ[\"PEPPER\"]\ntime.sleep(60)\n")
            .declared(
                "samples:",
                "  worker: {command: /usr/bin/python3 -B worker.py, readiness: none}\nsamples:");
    assertThat(survived(service.outcome("03-2"))).contains("worker ended with exit code 1");
  }

  @Test
  void serviceThatSaysNothingAndIsNeverReadyFails() throws InterruptedException {
    TinyService service =
        checking().changed("sys.exit(\"; \".join(wrong))", "import time; time.sleep(60)");
    assertThat(counterExample(service.outcome("03-2"))).contains("neither ended nor became ready");
  }

  @Test
  void serviceThatNeedsNoVariableIsNotConcerned() throws InterruptedException {
    assertThat(TinyService.good().outcome("03-2")).isInstanceOf(Outcome.NotApplicable.class);
  }

  @Test
  void serviceThatRefusesWrongValuesSurvives() throws InterruptedException {
    assertThat(checking().outcome("03-3"))
        .isInstanceOfSatisfying(
            Outcome.Pass.class, pass -> assertThat(pass.evidence().survived()).isEqualTo(2));
  }

  @Test
  void portThatIsAWordFailsWhereADefaultTakesItsPlace() throws InterruptedException {
    TinyService service =
        checking()
            .changed("if not os.environ[\"PORT\"].isdigit()", "if False")
            .changed(
                "int(os.environ[\"PORT\"])",
                "int(os.environ[\"PORT\"]) if os.environ[\"PORT\"].isdigit() else 0");
    assertThat(counterExample(service.outcome("03-3"))).contains("PORT=abc", "listens on port");
  }

  @Test
  void portThatIsTakenForTheNameOfASocketFails() throws InterruptedException {
    TinyService service =
        TinyService.good()
            .with(
                "app.js",
                "require(\"http\").createServer((_, answer) => answer.end(\"{}\")).listen(process.env.PORT);\n")
            .declared("/usr/bin/python3 -B service.py", "node app.js")
            .declared("processes:", "deadlines: {ready: 2s}\nprocesses:");
    assertThat(counterExample(service.outcome("03-3"))).contains("web, started with PORT=abc");
  }

  @Test
  void workerThatNeverWorksRefusesNothing() throws InterruptedException {
    TinyService service =
        checking()
            .changed("if not os.environ.get(\"PAUSE\", \"5s\")", "if not \"5s\"")
            .with("worker.py", "import sys\nsys.exit(\"out of order\")\n")
            .declared(
                "samples:",
                "  worker: {command: /usr/bin/python3 -B worker.py, readiness: none}\nsamples:");
    assertThat(service.outcome("03-3")).isInstanceOf(Outcome.NotProven.class);
  }

  @Test
  void timeThatIsNegativeFailsWhereItIsReadLater() throws InterruptedException {
    TinyService service =
        checking().changed("if not os.environ.get(\"PAUSE\", \"5s\")", "if not \"5s\"");
    assertThat(counterExample(service.outcome("03-3"))).contains("PAUSE=-5s");
  }

  private static String survived(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Pass.class);
    Evidence evidence = ((Outcome.Pass) outcome).evidence();
    return ((Finding.Survived) evidence.trials().getFirst().finding()).observation();
  }

  private static String counterExample(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    return ((Outcome.Fail) outcome).counterExample();
  }
}
