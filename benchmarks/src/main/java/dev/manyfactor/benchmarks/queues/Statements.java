package dev.manyfactor.benchmarks.queues;

import java.lang.reflect.Field;
import java.util.List;

/// The runtime's own statements as scripts of pgbench, taken from its classes, so that what is
/// compared stays the same when they change.
///
/// A script has as many messages as the runtime sends: `\startpipeline` where it sends several
/// statements at once.
final class Statements {
  private static final String JOBS = "dev.manyfactor.jobs.";
  private static final String KIND = "'numbered'";

  private static final String FLOOR = "'-infinity'";

  private Statements() {}

  /// Adds one job.
  static String enqueue() {
    String insert =
        bound(
            text(JOBS + "JobInsert", "NOW"),
            "gen_random_uuid()",
            KIND,
            "'acme'",
            "'{\"number\":' || :client_id || '}'",
            "null",
            "'benchmark'",
            "null");
    return pipeline(List.of("begin", settings("acme"), insert, "commit"));
  }

  /// Claims one job and ends it.
  static String transactional() {
    String claim = bound(text(JOBS + "LookSql", "CLAIM"), KIND, FLOOR, "0", "'38000'");
    return pipeline(List.of("begin", claim)) + "commit;\n";
  }

  /// Leases several jobs at once and ends them at once.
  static String leased(int batch) {
    String lease =
        bound(
            text(JOBS + "LookSql", "LEASE"),
            "'{numbered}'",
            "'{70000}'",
            "'{0}'",
            "'{-infinity}'",
            ":client_id",
            String.valueOf(batch),
            String.valueOf(batch),
            ":client_id");
    // pgbench keeps one row, so what the statement gives becomes one
    String leased =
        lease.substring(0, lease.lastIndexOf("select id, kind"))
            + "select array_agg(id) as ids, array_agg(fence + 1) as fences from taken \\gset\n";
    String complete =
        bound(text(JOBS + "Completions", "COMPLETE"), "(:ids)::uuid[]", "(:fences)::bigint[]");
    return leased + pipeline(List.of("begin", settings(""), complete, "commit"));
  }

  private static String settings(String tenant) {
    String text = text("dev.manyfactor.database.Channel", "SETTINGS");
    return bound(text, "'" + tenant + "'", "'30000'", "'transaction_timeout'", "'33000'");
  }

  private static String pipeline(List<String> statements) {
    return "\\startpipeline\n" + String.join(";\n", statements) + ";\n\\endpipeline\n";
  }

  /// A statement with these values for its parameters.
  private static String bound(String text, String... values) {
    String[] parts = text.strip().split("\\?", -1);
    if (parts.length != values.length + 1) {
      throw new IllegalStateException(
          "the statement has %d parameters and not %d: %s"
              .formatted(parts.length - 1, values.length, text));
    }
    var bound = new StringBuilder(parts[0]);
    for (int i = 0; i < values.length; i++) {
      bound.append(values[i]).append(parts[i + 1]);
    }
    return bound.append('\n').toString();
  }

  private static String text(String type, String field) {
    try {
      Field found = Class.forName(type).getDeclaredField(field);
      found.setAccessible(true);
      return String.valueOf(found.get(null));
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(
          "the runtime has no statement " + type + "." + field + " any more", changed);
    }
  }
}
