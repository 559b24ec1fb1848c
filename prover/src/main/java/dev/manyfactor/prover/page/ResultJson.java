package dev.manyfactor.prover.page;

import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Entry;
import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.TrialRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One requirement of a report as JSON.
final class ResultJson {
  private static final int MILLIS = 3;

  private ResultJson() {}

  static void write(Result result, ObjectNode node) {
    node.put("id", result.requirement().id())
        .put("factor", result.requirement().factor().number())
        .put("level", result.requirement().level().name())
        .put("sentence", result.requirement().sentence());
    outcome(result.outcome(), node);
    Evidence evidence = Account.evidence(result.outcome());
    trials(evidence, node.putObject("trials"));
    controls(evidence, node.putObject("controls"));
    ArrayNode records = node.putArray("evidence");
    evidence.trials().forEach(trial -> trial(trial, records.addObject()));
    node.put("remedy", result.requirement().remedy())
        .put("page", result.requirement().page())
        .put("seconds", seconds(result.took()))
        .put("reproduce", result.reproduce());
  }

  private static void outcome(Outcome outcome, ObjectNode node) {
    node.put("outcome", outcome.verdict().name()).put("reason", Account.reason(outcome));
    switch (outcome) {
      case Outcome.NotProven unproven -> node.put("cause", unproven.reason().words());
      case Outcome.Waived(var waiver, var hidden) -> {
        node.put("owner", waiver.owner()).put("until", waiver.until().toString());
        outcome(hidden, node.putObject("hidden"));
      }
      case Outcome.Pass _, Outcome.Fail _, Outcome.NotApplicable _, Outcome.HarnessError _ -> {}
    }
  }

  private static void trials(Evidence evidence, ObjectNode node) {
    node.put("made", evidence.trials().size())
        .put("survived", evidence.survived())
        .put("minimum", evidence.minimum());
  }

  /// In how many of the trials each required control held.
  private static void controls(Evidence evidence, ObjectNode node) {
    evidence.required().stream()
        .sorted()
        .forEach(control -> node.put(control.id(), held(control, evidence.trials())));
  }

  private static int held(Control control, List<TrialRecord> trials) {
    return (int) trials.stream().filter(trial -> trial.controls().containsKey(control)).count();
  }

  private static void trial(TrialRecord trial, ObjectNode node) {
    node.put("trial", trial.name());
    switch (trial.finding()) {
      case Finding.Survived _ -> node.put("finding", "SURVIVED");
      case Finding.Broken _ -> node.put("finding", "BROKEN");
      case Finding.Undecided(var cause, _) ->
          node.put("finding", "UNDECIDED").put("cause", cause.words());
    }
    node.put("observation", Account.words(trial.finding())).put("seconds", seconds(trial.took()));
    ObjectNode controls = node.putObject("controls");
    trial.controls().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(control -> controls.put(control.getKey().id(), control.getValue()));
    ArrayNode transcript = node.putArray("transcript");
    trial.transcript().forEach(entry -> entry(entry, transcript.addObject()));
  }

  private static void entry(Entry entry, ObjectNode node) {
    node.put("at", seconds(entry.at())).put("lane", entry.lane()).put("text", entry.text());
  }

  static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), MILLIS);
  }
}
