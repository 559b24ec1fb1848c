package dev.manyfactor.service;

import dev.manyfactor.jobs.Failure;
import dev.manyfactor.jobs.JobDetails;
import dev.manyfactor.jobs.JobId;
import dev.manyfactor.jobs.JobSummary;
import dev.manyfactor.jobs.QueueSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Queues and jobs as a machine reads them.
///
/// The names are a contract with whoever reads them: they may be added to, never changed.
final class JobsJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private JobsJson() {}

  static String text(Object facts) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(facts);
  }

  static Map<String, Object> of(QueueSummary queue) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("kind", queue.kind());
    facts.put("due", queue.due());
    facts.put("running", queue.running());
    facts.put("later", queue.later());
    facts.put("dead", queue.dead());
    queue.oldestDue().ifPresent(at -> facts.put("oldestDue", at.toString()));
    facts.put("paused", queue.pausedAt().isPresent());
    queue.pausedAt().ifPresent(at -> facts.put("pausedAt", at.toString()));
    return facts;
  }

  static Map<String, Object> of(JobSummary job) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("id", job.id().toString());
    facts.put("kind", job.kind());
    facts.put("tenant", job.tenant().id());
    facts.put("state", job.state().word());
    facts.put("since", job.since().toString());
    facts.put("attempts", job.attempts());
    job.reason().ifPresent(reason -> facts.put("reason", reason));
    facts.put("enqueuedAt", job.enqueuedAt().toString());
    return facts;
  }

  static Map<String, Object> of(JobDetails job) {
    Map<String, Object> facts = of(job.summary());
    facts.put("release", job.release());
    job.uniqueKey().ifPresent(key -> facts.put("uniqueKey", key));
    job.trace().ifPresent(trace -> facts.put("trace", trace));
    facts.put("payload", JSON.readTree(job.payload()));
    facts.put("failures", job.failures().stream().map(JobsJson::of).toList());
    return facts;
  }

  private static Map<String, Object> of(Failure failure) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("at", failure.at().toString());
    facts.put("attempt", failure.attempt());
    facts.put("release", failure.release());
    facts.put("reason", failure.reason());
    return facts;
  }

  static List<String> ids(List<JobId> jobs) {
    return jobs.stream().map(JobId::toString).toList();
  }
}
