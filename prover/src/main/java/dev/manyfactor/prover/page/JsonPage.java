package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Factor;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Verdict;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A report as JSON, for programs.
///
/// Its form is published as a JSON Schema, [#schema()]: members may be added to it, and none that
/// is there is taken away or gets another meaning while `format` stays 1.
public final class JsonPage {
  static final String SCHEMA_ID = "https://manyfactor.dev/schema/prove-report.schema.json";

  private static final int FORMAT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonPage() {}

  /// All of it, ended by a line feed.
  public static String of(Report report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", SCHEMA_ID).put("format", FORMAT);
    subject(report.subject(), root);
    run(report.run(), root);
    root.put("exit_code", report.exitCode());
    counts(report, root.putObject("counts"));
    ArrayNode requirements = root.putArray("requirements");
    report.results().forEach(result -> ResultJson.write(result, requirements.addObject()));
    outside(new Account(report), root);
    return JSON.writeValueAsString(root) + "\n";
  }

  /// The JSON Schema (2020-12) of what [#of] writes.
  public static String schema() {
    return Resources.text("prove-report.schema.json");
  }

  private static void subject(Report.Subject subject, ObjectNode root) {
    root.put("service", subject.service()).put("commit", subject.commit());
    ArrayNode dirty = root.putArray("dirty");
    subject.dirty().forEach(dirty::add);
  }

  private static void run(Report.Run run, ObjectNode root) {
    root.put("seed", run.seed())
        .put("fast", run.fast())
        .put("version", run.version())
        .put("started", run.started().toString())
        .put("seconds", ResultJson.seconds(run.took()));
    ArrayNode conditions = root.putArray("conditions");
    run.conditions().forEach(conditions::add);
  }

  private static void counts(Report report, ObjectNode counts) {
    for (Map.Entry<Verdict, Integer> count : report.counts().entrySet()) {
      counts.put(count.getKey().name(), count.getValue());
    }
    counts.put("total", report.results().size());
  }

  private static void outside(Account account, ObjectNode root) {
    ArrayNode notInThisVersion = root.putArray("not_in_this_version");
    account.report().unchecked().forEach(requirement -> notInThisVersion.add(requirement.id()));
    ArrayNode notAsked = root.putArray("not_asked");
    account.notAsked().forEach(requirement -> notAsked.add(requirement.id()));
    ArrayNode factors = root.putArray("factors");
    for (Factor factor : Factor.values()) {
      ObjectNode one = factors.addObject().put("number", factor.number());
      one.put("title", factor.title());
      account.worst(factor).ifPresent(worst -> one.put("worst", worst.name()));
    }
  }
}
