package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.history.Violation;
import dev.manyfactor.chaos.loop.LoopReport.Tally;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A report as JSON, for programs and for the evidence in the repository.
public final class LoopJson {
  private LoopJson() {}

  /// The report, indented, with a line feed at its end.
  public static String of(LoopReport report) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("service", report.run().service());
    root.put("commit", report.run().commit());
    root.put("seed", report.run().seed());
    root.put("minutes", report.run().broke().toSeconds() / 60.0);
    root.put("called_off", report.run().calledOff());
    clients(root.putObject("clients"), report.figures());
    ArrayNode faults = root.putArray("faults");
    report.tallies().forEach(tally -> fault(faults.addObject(), tally));
    ArrayNode slowest = root.putArray("slowest_recoveries");
    report.slowest().forEach(strike -> strike(slowest.addObject(), strike));
    ArrayNode works = root.putArray("effects");
    report
        .works()
        .forEach(work -> {
          ObjectNode node = works.addObject().put("of", work.name()).put("count", work.effects());
          work.waiting().ifPresent(waiting -> node.put("waiting", waiting));
        });
    ArrayNode unproven = root.putArray("unproven");
    report.unproven().forEach(unproven::add);
    ArrayNode violations = root.putArray("violations");
    report.violations().forEach(violation -> violation(violations.addObject(), violation));
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void clients(ObjectNode node, Figures figures) {
    node.put("requests", figures.asked());
    node.put("acknowledged", figures.acknowledged());
    node.put("refused", figures.refused());
    node.put("sent_more_than_once", figures.retried());
    node.put("sendings", figures.sent());
    node.put("sendings_without_answer", figures.unknown());
    node.put("sendings_answered_not_now", figures.later());
    node.put("sendings_for_an_answer_once_more", figures.repeated());
  }

  private static void fault(ObjectNode node, Tally tally) {
    node.put("kind", tally.kind().name().toLowerCase(Locale.ROOT));
    node.put("count", tally.count());
    node.put("hit", tally.hit());
    seconds(node, "median_seconds_to_next_success", tally.median());
    seconds(node, "longest_seconds_to_next_success", tally.longest());
  }

  private static void strike(ObjectNode node, Strike strike) {
    node.put("fault", strike.fault().toString());
    node.put("hit", strike.seen());
    node.put("began_after_seconds", strike.at().toMillis() / 1000.0);
    seconds(node, "seconds_to_next_success", strike.recovery());
  }

  private static void seconds(ObjectNode node, String name, Optional<Duration> duration) {
    duration.ifPresent(time -> node.put(name, time.toMillis() / 1000.0));
  }

  private static void violation(ObjectNode node, Violation violation) {
    node.put("kind", violation.kind().name().toLowerCase(Locale.ROOT));
    node.put("of", violation.subject());
    node.put("detail", violation.detail());
  }
}
