package dev.manyfactor.service;

import dev.manyfactor.jobs.Cancelled;
import dev.manyfactor.jobs.JobAdmin;
import dev.manyfactor.jobs.JobDetails;
import dev.manyfactor.jobs.JobFilter;
import dev.manyfactor.jobs.JobId;
import dev.manyfactor.jobs.JobState;
import dev.manyfactor.jobs.JobSummary;
import dev.manyfactor.jobs.QueueSummary;
import dev.manyfactor.jobs.Retried;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out what is asked of the queues, and says what came of it.
///
/// @param json whether the answer is for a machine
record JobsDesk(JobAdmin admin, Terminal terminal, boolean json, InstantSource clock) {
  private static final int MOST = 1_000;

  ExitCode carryOut(JobsRequest request) {
    return switch (request) {
      case JobsRequest.Help() -> ExitCode.OK;
      case JobsRequest.Queues() -> queues();
      case JobsRequest.ListJobs(JobFilter filter, int most) -> list(filter, most);
      case JobsRequest.Show(JobId job) -> show(job);
      case JobsRequest.Retry(var jobs) -> retry(jobs);
      case JobsRequest.Drop(var jobs) -> drop(jobs);
      case JobsRequest.Cancel(var jobs) -> cancel(jobs);
      case JobsRequest.Pause(List<String> kinds) -> hold(kinds, true);
      case JobsRequest.Resume(List<String> kinds) -> hold(kinds, false);
    };
  }

  private ExitCode queues() {
    List<QueueSummary> queues = admin.queues();
    return answer(
        Map.of("queues", queues.stream().map(JobsJson::of).toList()), text().queues(queues));
  }

  private ExitCode list(JobFilter filter, int most) {
    List<JobSummary> found = admin.list(filter, Math.min(most + 1, MOST));
    List<JobSummary> jobs = found.subList(0, Math.min(most, found.size()));
    boolean more = found.size() > most;
    answer(
        Map.of("jobs", jobs.stream().map(JobsJson::of).toList(), "more", more),
        jobs.isEmpty() ? List.of() : text().jobs(jobs));
    if (jobs.isEmpty()) {
      terminal
          .err()
          .println(
              filter.equals(JobFilter.ALL)
                  ? "there is no job"
                  : "there is none of this kind, tenant and state");
    } else if (more) {
      terminal.err().printf("there are more than %d; see --limit, --state and --kind%n", most);
    }
    return ExitCode.OK;
  }

  private ExitCode show(JobId id) {
    Optional<JobDetails> job = admin.show(id);
    return job.isPresent()
        ? answer(JobsJson.of(job.get()), text().job(job.get()))
        : complain(List.of(whyNot(id)));
  }

  private ExitCode retry(JobsRequest.Choice jobs) {
    Retried retried =
        switch (jobs) {
          case JobsRequest.Choice.All(JobFilter filter) -> admin.retryAll(filter);
          case JobsRequest.Choice.Named(var ids) -> {
            List<Retried> each = ids.stream().map(admin::retry).toList();
            yield new Retried(
                each.stream().flatMap(one -> one.due().stream()).toList(),
                each.stream().flatMap(one -> one.held().stream()).toList());
          }
        };
    answer(
        Map.of("due", JobsJson.ids(retried.due()), "held", JobsJson.ids(retried.held())),
        List.of(count(retried.due().size()) + " due again"));
    retried
        .held()
        .forEach(job ->
            terminal.err().printf("job %s stays dead: a living job has its unique key%n", job));
    ExitCode unlucky = retried.held().isEmpty() ? ExitCode.OK : ExitCode.NOT_YET;
    return complain(notDead(jobs, both(retried.due(), retried.held())), unlucky);
  }

  private ExitCode drop(JobsRequest.Choice jobs) {
    List<JobId> dropped = new ArrayList<>();
    long count =
        switch (jobs) {
          case JobsRequest.Choice.All(JobFilter filter) -> admin.dropAll(filter);
          case JobsRequest.Choice.Named(var ids) -> {
            ids.stream().filter(admin::drop).forEach(dropped::add);
            yield dropped.size();
          }
        };
    answer(Map.of("dropped", count), List.of(count(count) + " forgotten"));
    return complain(notDead(jobs, dropped), ExitCode.OK);
  }

  private ExitCode cancel(JobsRequest.Choice jobs) {
    List<String> wrong = new ArrayList<>();
    Cancelled cancelled =
        switch (jobs) {
          case JobsRequest.Choice.All(JobFilter filter) -> admin.cancelAll(filter);
          case JobsRequest.Choice.Named(var ids) -> admin.cancel(alive(ids, wrong));
        };
    answer(
        Map.of(
            "dead", JobsJson.ids(cancelled.dead()),
            "ended", JobsJson.ids(cancelled.ended()),
            "running", JobsJson.ids(cancelled.running())),
        List.of(count(cancelled.dead().size()) + " cancelled"));
    cancelled.ended().forEach(job -> terminal.err().printf("job %s had ended before%n", job));
    cancelled
        .running()
        .forEach(job ->
            terminal
                .err()
                .printf("job %s does not heed its interruption; it is told to end%n", job));
    return complain(wrong, cancelled.running().isEmpty() ? ExitCode.OK : ExitCode.NOT_YET);
  }

  private List<JobId> alive(List<JobId> ids, List<String> wrong) {
    List<JobId> alive = new ArrayList<>();
    for (JobId id : ids) {
      Optional<JobState> state = admin.show(id).map(job -> job.summary().state());
      if (state.isEmpty() || state.get() == JobState.DEAD) {
        wrong.add(state.isEmpty() ? whyNot(id) : "job %s is dead already".formatted(id));
      } else {
        alive.add(id);
      }
    }
    return alive;
  }

  private ExitCode hold(List<String> kinds, boolean paused) {
    List<String> known = admin.queues().stream().map(QueueSummary::kind).toList();
    List<String> unknown = kinds.stream().filter(kind -> !known.contains(kind)).toList();
    if (!unknown.isEmpty()) {
      return complain(
          List.of(
              "there is no queue %s; the queues are %s"
                  .formatted(String.join(", ", unknown), String.join(", ", known))));
    }
    kinds.forEach(paused ? admin::pause : admin::resume);
    List<QueueSummary> now =
        admin.queues().stream().filter(queue -> kinds.contains(queue.kind())).toList();
    return answer(Map.of("queues", now.stream().map(JobsJson::of).toList()), text().queues(now));
  }

  /// Those of the named ones that nothing was done to, because they are no dead letters.
  private List<String> notDead(JobsRequest.Choice jobs, List<JobId> dealtWith) {
    return switch (jobs) {
      case JobsRequest.Choice.All(var _) -> List.of();
      case JobsRequest.Choice.Named(var ids) ->
          ids.stream().filter(id -> !dealtWith.contains(id)).map(this::whyNot).toList();
    };
  }

  private String whyNot(JobId id) {
    return admin
        .show(id)
        .map(job ->
            "job %s is %s, not dead; cancel it first".formatted(id, job.summary().state().word()))
        .orElse("there is no job %s: it has ended, or never was".formatted(id));
  }

  private static List<JobId> both(List<JobId> some, List<JobId> others) {
    List<JobId> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private static String count(long jobs) {
    return jobs == 1 ? "1 job is" : jobs + " jobs are";
  }

  private JobsText text() {
    return new JobsText(clock.instant(), terminal.colourful().getAsBoolean());
  }

  private ExitCode answer(Object facts, List<String> lines) {
    terminal.out().println(json ? JobsJson.text(facts) : String.join("\n", lines));
    return ExitCode.OK;
  }

  private ExitCode complain(List<String> wrong) {
    return complain(wrong, ExitCode.OK);
  }

  private ExitCode complain(List<String> wrong, ExitCode otherwise) {
    return wrong.isEmpty()
        ? otherwise
        : terminal.complain(ExitCode.NOT_FOUND, String.join("\n", wrong));
  }
}
