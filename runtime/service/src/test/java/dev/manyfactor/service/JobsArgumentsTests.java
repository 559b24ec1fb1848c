package dev.manyfactor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.jobs.JobFilter;
import dev.manyfactor.jobs.JobId;
import dev.manyfactor.jobs.JobState;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobsArgumentsTests {
  private static final String ID = "0193f5a2-7c1e-7b3a-9d41-2f6f0c1a5e77";
  private static final JobId JOB = new JobId(UUID.fromString(ID));

  @Test
  void withoutArgumentsTheQueuesAreShown() {
    assertThat(request()).isEqualTo(new JobsRequest.Queues());
    assertThat(request("queues")).isEqualTo(new JobsRequest.Queues());
    assertThat(parse("--json").json()).isTrue();
    assertThat(request("list", "--help")).isEqualTo(new JobsRequest.Help());
  }

  @Test
  void aListIsChosenByKindTenantAndState() {
    assertThat(request("list")).isEqualTo(new JobsRequest.ListJobs(JobFilter.ALL, 50));
    assertThat(
            request(
                "list", "--kind", "a.b", "--tenant=acme", "--state", "dead,due", "--limit", "7"))
        .isEqualTo(
            new JobsRequest.ListJobs(
                JobFilter.ALL
                    .ofKind("a.b")
                    .ofTenant(new Tenant("acme"))
                    .in(JobState.DEAD, JobState.DUE),
                7));
  }

  @Test
  void jobsAreNamedOrChosenByAll() {
    assertThat(request("show", ID)).isEqualTo(new JobsRequest.Show(JOB));
    assertThat(request("retry", ID))
        .isEqualTo(new JobsRequest.Retry(new JobsRequest.Choice.Named(List.of(JOB))));
    assertThat(request("drop", "--all", "--kind", "a"))
        .isEqualTo(new JobsRequest.Drop(new JobsRequest.Choice.All(JobFilter.ALL.ofKind("a"))));
    assertThat(request("cancel", "--all"))
        .isEqualTo(
            new JobsRequest.Cancel(
                new JobsRequest.Choice.All(
                    JobFilter.ALL.in(JobState.RUNNING, JobState.DUE, JobState.LATER))));
    assertThat(request("pause", "a", "b")).isEqualTo(new JobsRequest.Pause(List.of("a", "b")));
  }

  @Test
  void manyJobsAreTouchedOnlyWhereAllIsSaid() {
    refused("jobs drop needs the ids of jobs, or --all for all of them", "drop");
    refused("or --all for all of them that the filter lets through", "retry", "--kind", "a");
    refused("jobs cancel takes either ids or --all with a filter", "cancel", ID, "--all");
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    assertThatThrownBy(() ->
            parse("list", "--limit", "0", "--state", "dread", "--colour", "--tenant", "?", "x"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--limit must be 1 to 1000, but is \"0\"")
        .hasMessageContaining("--state must be some of dead, running, due, later")
        .hasMessageContaining("jobs list has no option --colour")
        .hasMessageContaining("--tenant: ")
        .hasMessageContaining("jobs list does not know x");
    refused("the id of a job is a UUID, but 7 is none", "show", "7");
    refused("jobs show needs the id of one job", "show");
    refused("jobs knows no lits, only ", "lits");
    refused("--state must be some of running, due, later", "cancel", "--all", "--state", "dead");
    refused("jobs resume needs the names of queues", "resume");
    refused("--kind needs a value", "list", "--kind");
    refused("--kind is given twice", "list", "--kind", "a", "--kind", "b");
  }

  private static void refused(String words, String... arguments) {
    assertThatThrownBy(() -> parse(arguments))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(words);
  }

  private static JobsRequest request(String... arguments) {
    return parse(arguments).request();
  }

  private static JobsArguments.Parsed parse(String... arguments) {
    return JobsArguments.parse(List.of(arguments));
  }
}
