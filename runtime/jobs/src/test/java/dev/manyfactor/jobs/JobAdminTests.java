package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobAdminTests {
  private final TestClock clock = new TestClock();
  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, clock);
  private final TransactionalJob<Mailed> nothing = (write, mailed) -> {};
  private final Queue<Mailed> mails = program.jobs().queue(Mailed.class, nothing);
  private final TransactionalJob<Paid> never = (write, paid) -> {};
  private final Queue<Paid> payments = program.jobs().queue(Paid.class, never);
  private final JobAdmin admin = program.open().jobs().admin();

  record Mailed(int number) {}

  record Paid(int number) {}

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void jobsAreListedByStateAndTimeAndChosenByKindTenantAndState() {
    JobId later = mail("acme", Terms.after(Duration.ofHours(1)));
    JobId due = mail("acme", Terms.NOW);
    JobId other = program.ask("zeta", write -> payments.add(write, new Paid(1)));
    JobId dead = mail("zeta", Terms.NOW);
    JobId latest = mail("zeta", Terms.NOW);
    admin.cancel(dead);
    admin.cancel(latest);

    assertThat(ids(JobFilter.ALL)).containsExactly(latest, dead, due, other, later);
    assertThat(ids(JobFilter.ALL.ofKind(payments.kind()))).containsExactly(other);
    assertThat(ids(JobFilter.ALL.ofTenant(new Tenant("acme")))).containsExactly(due, later);
    assertThat(ids(JobFilter.ALL.in(JobState.DUE, JobState.LATER)))
        .containsExactly(due, other, later);
    assertThat(ids(JobFilter.ALL.ofKind(mails.kind()).ofTenant(new Tenant("zeta"))))
        .containsExactly(latest, dead);
    assertThat(admin.list(JobFilter.ALL, 2)).hasSize(2);
    assertThatThrownBy(() -> admin.list(JobFilter.ALL, 1001)).hasMessageContaining("1 to 1000");
    assertThat(admin.queues())
        .extracting(QueueSummary::kind, QueueSummary::due, QueueSummary::later, QueueSummary::dead)
        .containsExactly(tuple(mails.kind(), 1L, 1L, 2L), tuple(payments.kind(), 1L, 0L, 0L));
  }

  @Test
  void oneJobIsShownWithAllThatIsStoredOfIt() {
    JobId job = mail("acme", Terms.NOW.unique("invoice-7"));

    JobDetails details = admin.show(job).orElseThrow();

    assertThat(details.summary().tenant()).isEqualTo(new Tenant("acme"));
    assertThat(details.summary().state()).isEqualTo(JobState.DUE);
    assertThat(details.payload()).isEqualTo("{\"number\":1}");
    assertThat(details.uniqueKey()).contains("invoice-7");
    assertThat(details.release()).isEqualTo("r1");
    assertThat(details.failures()).isEmpty();
    assertThat(admin.show(JobId.at(clock.instant()))).isEmpty();
  }

  @Test
  void allDeadLettersOfAKindAreDueAgainExceptThoseWhoseUniqueKeyIsTaken() {
    JobId first = mail("acme", Terms.NOW.unique("invoice-7"));
    admin.cancel(first);
    JobId second = mail("acme", Terms.NOW.unique("invoice-7"));
    admin.cancel(second);
    JobId plain = mail("acme", Terms.NOW);
    JobId payment = program.ask("acme", write -> payments.add(write, new Paid(1)));
    admin.cancelAll(JobFilter.ALL);

    Retried retried = admin.retryAll(JobFilter.ALL.ofKind(mails.kind()));

    assertThat(retried.due()).hasSize(2).contains(plain);
    assertThat(retried.held()).hasSize(1);
    assertThat(List.of(first, second)).containsAll(retried.held());
    assertThat(admin.retry(retried.held().getFirst()).held()).isEqualTo(retried.held());
    assertThat(ids(JobFilter.ALL.in(JobState.DEAD)))
        .containsExactlyInAnyOrder(retried.held().getFirst(), payment);
  }

  @Test
  void moreThanABatchIsCancelledRetriedAndDropped() {
    program.write(
        "acme",
        write -> IntStream.range(0, 1_100).forEach(number -> mails.add(write, new Mailed(number))));

    assertThat(admin.cancelAll(JobFilter.ALL.ofKind(mails.kind())).dead()).hasSize(1_100);
    assertThat(admin.retryAll(JobFilter.ALL).due()).hasSize(1_100);
    assertThat(admin.cancelAll(JobFilter.ALL.ofTenant(new Tenant("zeta"))).dead()).isEmpty();
    admin.cancelAll(JobFilter.ALL);
    assertThat(admin.dropAll(JobFilter.ALL)).isEqualTo(1_100);
    assertThat(admin.list(JobFilter.ALL, 10)).isEmpty();
  }

  @Test
  void deadLettersThatArePastTheirRetentionAreForgotten() {
    JobId old = mail("acme", Terms.NOW);
    JobId late = mail("acme", Terms.NOW);
    admin.cancel(old);
    admin.cancel(late);
    postgres.execute(
        "update manyfactor.dead set died_at = now() - interval '10 days' where id = '%s'"
            .formatted(old));

    assertThat(admin.removeOld()).isZero();
    clock.advance(Duration.ofDays(21));

    assertThat(admin.removeOld()).isEqualTo(1);
    assertThat(ids(JobFilter.ALL)).containsExactly(late);
  }

  @Test
  void marksOfJobsThatHaveEndedAreForgotten() {
    mail("acme", Terms.NOW);
    postgres.execute(
        "insert into manyfactor.cancelled (job) select id from manyfactor.job",
        "insert into manyfactor.cancelled (job) values (gen_random_uuid())");
    clock.advance(Duration.ofHours(2));

    admin.removeOld();

    assertThat(postgres.ask("select count(*) from manyfactor.cancelled")).containsExactly("1");
  }

  private JobId mail(String tenant, Terms terms) {
    return program.ask(tenant, write -> mails.add(write, new Mailed(1), terms));
  }

  private List<JobId> ids(JobFilter filter) {
    return admin.list(filter, 100).stream().map(JobSummary::id).toList();
  }
}
