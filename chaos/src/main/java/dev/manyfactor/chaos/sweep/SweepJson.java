package dev.manyfactor.chaos.sweep;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A report as JSON, for programs and for the evidence in the repository.
public final class SweepJson {
  private SweepJson() {}

  /// The report, indented, with a line feed at its end.
  public static String of(SweepReport report) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("service", report.run().service());
    root.put("commit", report.run().commit());
    root.put("seed", report.run().seed());
    root.put("sampled", report.run().sampled());
    root.put("minutes", Math.round(report.took().toSeconds() / 6.0) / 10.0);
    root.put("cells_expected", report.expected());
    root.put("cells_run", report.done());
    ArrayNode subjects = root.putArray("subjects");
    report.subjects().forEach(subject -> subject(subjects.addObject(), subject));
    ArrayNode violations = root.putArray("violations");
    report.violations().forEach(finding -> finding(violations.addObject(), finding));
    ArrayNode missed = root.putArray("not_run");
    report.missed().forEach(finding -> finding(missed.addObject(), finding));
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void subject(ObjectNode node, SweepReport.Subject subject) {
    node.put("name", subject.name());
    node.put("process", subject.process());
    node.put("messages", subject.messages());
    node.put("cells", subject.all());
    node.put("cells_expected", subject.expected());
    node.put("cells_run", subject.done());
  }

  private static void finding(ObjectNode node, SweepReport.Finding finding) {
    Cell cell = finding.cell();
    node.put("of", cell.subject());
    node.put("message", cell.spot().number());
    node.put("label", cell.spot().label());
    node.put("moment", cell.moment().name().toLowerCase(Locale.ROOT));
    node.put("fault", cell.fault().name().toLowerCase(Locale.ROOT));
    switch (finding.verdict()) {
      case Verdict.Violated(var seen) -> seen.forEach(node.putArray("seen")::add);
      case Verdict.Missed(String why) -> node.put("why", why);
      case Verdict.Held() -> {}
    }
  }
}
