package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Entry;
import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.TrialRecord;
import dev.manyfactor.prover.outcome.Waiver;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// A report that no run has made, with every outcome in it.
final class MadeUp {
  static final List<String> CHECKED =
      List.of(
          "01-1", "03-1", "03-2", "03-3", "04-1", "04-4", "06-1", "07-1", "07-2", "07-3", "09-1",
          "09-2", "09-3", "10-1", "11-1", "11-2", "11-3", "15-1", "17-1", "18-1", "18-2");
  private static final Set<Control> ALL = Set.of(Control.BASELINE, Control.REACHED);
  private static final Map<Control, String> HELD =
      Map.of(
          Control.BASELINE, "GET /v1/payments → 200 in 14 ms",
          Control.REACHED, "212 bytes of it reached the database's proxy");

  private MadeUp() {}

  /// Everything of this version, with one of each outcome and two failures.
  static Report report() {
    return report(CHECKED.stream().map(MadeUp::result).toList());
  }

  static Report report(List<Result> results) {
    return new Report(
        new Report.Subject(
            "payments",
            "4d7ab30c9f1152d0b9a2f3e4c5d6e7f8091a2b3c",
            List.of("src/main/java/Payments.java", "manyfactor.yaml")),
        new Report.Run(
            4711,
            false,
            "0.1.0",
            Instant.parse("2026-11-20T11:40:00.123Z"),
            Duration.ofMillis(192_400),
            List.of(
                "processes run as uid 64123 and may write to their scratch folder only (Landlock ABI 6)",
                "PostgreSQL 18.6, one database for each trial; durability is off")),
        results,
        Requirement.all().stream().filter(one -> !CHECKED.contains(one.id())).toList());
  }

  /// What becomes of each requirement in it.
  static Result result(String id) {
    return switch (id) {
      case "04-4" -> result(id, Outcome.of(new Evidence(List.of(undecided()), 1, ALL)));
      case "07-3" ->
          result(
              id,
              new Outcome.Waived(
                  new Waiver(
                      id, "the launcher picks ports", "team platform", LocalDate.of(2027, 1, 31)),
                  failure("it listened on 8081 instead of the busy port 8080", quiet(3))));
      case "09-2" ->
          result(
              id,
              failure(
                  "POST /v1/payments was held open by a latency of 1 s on its query; 41 ms after SIGTERM its connection ended without an answer, expected was 201 and then exit 0 within 30 s",
                  drain()));
      case "11-2" ->
          result(id, failure("line 3 of 412 is no JSON object: \"listening on 8080\"", quiet(40)));
      case "15-1" ->
          result(
              id, new Outcome.NotApplicable("every operation of the contract is declared public"));
      case "17-1" ->
          result(
              id, new Outcome.HarnessError("the proxy could not be opened: too many open files"));
      default -> result(id, passed());
    };
  }

  static Result result(String id, Outcome outcome) {
    return new Result(
        Requirement.of(id).orElseThrow(),
        outcome,
        Duration.ofMillis(8_120),
        "mf prove examples/payments --only " + id + " --seed 4711");
  }

  static Outcome passed() {
    List<TrialRecord> trials =
        IntStream.rangeClosed(1, 5)
            .mapToObj(number ->
                trial(number + " of 5", new Finding.Survived("answered 201 in 12 ms"), quiet(4)))
            .toList();
    return Outcome.of(new Evidence(trials, 5, ALL));
  }

  static Outcome failure(String counterExample, List<Entry> transcript) {
    return Outcome.of(
        new Evidence(
            List.of(
                trial("1 of 3", new Finding.Survived("answered 201, then exit 0"), quiet(6)),
                trial("2 of 3", new Finding.Broken(counterExample), transcript),
                trial("3 of 3", new Finding.Survived("answered 201, then exit 0"), quiet(6))),
            3,
            ALL));
  }

  /// What is not proven because the service does not even start.
  static Outcome neverReady() {
    return Outcome.of(
        new Evidence(
            List.of(
                trial(
                    "baseline",
                    new Finding.Undecided(
                        Reason.UNREACHED, "the service never became ready: it ended with code 1"),
                    quiet(2))),
            1,
            Set.of()));
  }

  private static TrialRecord undecided() {
    return trial(
        "database refused at start",
        new Finding.Undecided(
            Reason.NO_PROBE_OPERATION,
            "no sample in manyfactor.yaml reads from the database; add one under samples, for example `request: GET /v1/payments`"),
        quiet(3));
  }

  static TrialRecord trial(String name, Finding finding, List<Entry> transcript) {
    return new TrialRecord(name, finding, HELD, transcript, Duration.ofMillis(1_240));
  }

  private static List<Entry> quiet(int entries) {
    List<Entry> all = new ArrayList<>();
    for (int number = 0; number < entries; number++) {
      String lane = number % 3 == 1 ? "web A" : number % 3 == 2 ? "database" : "prover";
      all.add(entry(number * 137L, lane, "step %d of the trial".formatted(number + 1)));
    }
    return all;
  }

  static Entry entry(long millis, String lane, String text) {
    return new Entry(Duration.ofMillis(millis), lane, text);
  }

  private static List<Entry> drain() {
    return List.of(
        entry(0, "prover", "a database of its own, payments_trial_12, behind 127.0.0.1:31877"),
        entry(3, "web A", "starts: java -jar target/payments/payments.jar web, PORT=24188"),
        entry(
            911,
            "web A",
            "{\"time\":\"2026-11-20T11:40:12.411Z\",\"level\":\"INFO\",\"message\":\"ready\"}"),
        entry(940, "web A", "ready after 937 ms"),
        entry(952, "client", "GET /v1/payments → 200 in 11 ms"),
        entry(955, "database", "from now on answers 1 s late"),
        entry(957, "client", "POST /v1/payments, Idempotency-Key \"7f31…\", 86 bytes"),
        entry(1_180, "database", "212 bytes of a query have arrived, nothing is passed back yet"),
        entry(1_182, "prover", "SIGTERM to 48213"),
        entry(
            1_201,
            "web A",
            "{\"time\":\"2026-11-20T11:40:12.701Z\",\"level\":\"INFO\",\"message\":\"stopping\"}"),
        entry(1_223, "client", "POST /v1/payments → ended (connection closed before the answer)"),
        entry(1_240, "web A", "exit 0"));
  }
}
