package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Services that do not do what every rule begins with: each gets an outcome with a name.
class UnprovableServicesTests {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @Test
  void eachMisbehaviourIsNamed() throws InterruptedException, ExecutionException {
    Map<String, Report> reports =
        reports(
            Map.of(
                "never ready",
                    hasty()
                        .changed(
                            "self.answer(200, {\"status\": \"ready\"})", "self.answer(503, {})"),
                "exits at once",
                    hasty().changed("def main():", "def main():\n    sys.exit('no licence')"),
                "listens elsewhere", hasty().changed("int(os.environ[\"PORT\"])", "0")));
    reports
        .values()
        .forEach(report -> {
          assertThat(report.counts())
              .containsEntry(Verdict.PASS, 0)
              .containsEntry(Verdict.ERROR, 0);
          assertThat(report.exitCode()).isEqualTo(1);
        });
    assertThat(counterExample(reports, "never ready", "09-1")).contains("answers 503");
    assertThat(counterExample(reports, "exits at once", "09-1"))
        .contains("ended with exit code 1", "no licence");
    assertThat(counterExample(reports, "listens elsewhere", "07-1")).contains("instead");
  }

  private static String counterExample(Map<String, Report> reports, String name, String id) {
    return Objects.requireNonNull(reports.get(name)).results().stream()
        .filter(result -> result.requirement().id().equals(id))
        .map(result -> Found.counterExample(result.outcome()))
        .findFirst()
        .orElseThrow();
  }

  private static TinyService hasty() {
    return TinyService.good().declared("name: tiny", "name: tiny\ndeadlines: {ready: 1s}");
  }

  private static Map<String, Report> reports(Map<String, TinyService> services)
      throws InterruptedException, ExecutionException {
    Map<String, Report> reports = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<Report>> running = new TreeMap<>();
      services.forEach((name, service) ->
          running.put(
              name,
              threads.submit(
                  (Callable<Report>) () -> service.report(Choice.all(), LIMIT, _ -> {}))));
      for (Map.Entry<String, Future<Report>> each : running.entrySet()) {
        reports.put(each.getKey(), each.getValue().get());
      }
    }
    return reports;
  }

  @Test
  void aBuildThatNeverEndsIsNotProven() throws InterruptedException {
    Report report =
        TinyService.good()
            .declared("processes:", "build:\n  command: sleep 600\n  artifact: made\nprocesses:")
            .report(Choice.all(), Duration.ofSeconds(2), _ -> {});
    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.results())
        .isNotEmpty()
        .allSatisfy(result ->
            assertThat(Found.reason(result.outcome())).contains("the build of tiny takes longer"));
  }

  @Test
  void aBuildThatFailsIsNamedAlsoWhereTheArtifactWouldBeAsked() throws InterruptedException {
    Report report =
        TinyService.good()
            .declared(
                "processes:",
                "build: {command: \"false\", artifact: made}\nvariables: {schema: cat made}\nprocesses:")
            .report(Choice.all(), LIMIT, _ -> {});
    assertThat(report.results())
        .isNotEmpty()
        .allSatisfy(result ->
            assertThat(Found.reason(result.outcome())).contains("the build of tiny failed"));
  }

  @Test
  void aManifestWithUnknownKeysIsRefusedWithAllOfThem() {
    TinyService wrong =
        TinyService.good().declared("name: tiny", "name: tiny\nproceses: {}\ndeadlinez: {}");
    assertThatThrownBy(() -> wrong.outcome("07-1"))
        .isInstanceOfSatisfying(
            FormationException.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIG.number());
              assertThat(failure.getMessage() + failure.evidence())
                  .contains("proceses", "deadlinez");
            });
  }

  @Test
  void outputThatIsNoTextFailsAsWhatItIs() throws InterruptedException {
    Outcome outcome =
        TinyService.good()
            .changed(
                "    def event(self):",
                "    def event(self):\n        sys.stdout.buffer.write(bytes(range(128, 256)) + b'\\n')\n        sys.stdout.flush()")
            .outcome("11-2");
    assertThat(Found.counterExample(outcome)).contains("binary");
  }

  @Test
  void aServiceThatIgnoresTheSignalIsEndedAndFails() throws InterruptedException {
    Outcome outcome =
        TinyService.good()
            .changed(
                "    signal.signal(signal.SIGTERM, stop)",
                "    signal.signal(signal.SIGTERM, signal.SIG_IGN)")
            .declared("name: tiny", "name: tiny\ndeadlines: {stop: 2s}")
            .outcome("09-2");
    assertThat(Found.counterExample(outcome)).contains("2000 ms after SIGTERM");
    assertThat(Set.of(outcome.verdict())).containsOnly(Verdict.FAIL);
  }
}
