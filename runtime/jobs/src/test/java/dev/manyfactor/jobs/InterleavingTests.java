package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.jobs.Interleavings.Scene;
import dev.manyfactor.jobs.Interleavings.Session;
import dev.manyfactor.jobs.Interleavings.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever the order in which sessions do what they do to one job or one schedule, it has one
/// effect and nothing is lost; and a bug that is planted shows in some order.
class InterleavingTests {
  private static final long SEED = 20_261_120;
  private static final int MOST = 60;
  private static final LeasedJob<Sent> SEND = (call, sent) -> {};
  private static final TransactionalJob<Noted> NOTE = (write, noted) -> {};

  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, new TestClock());
  private final Queue<Sent> sends = program.jobs().queue(Sent.class, SEND);
  private final Queue<Noted> notes = program.jobs().queue(Noted.class, NOTE);
  private final JdbcSession watching;
  private final List<JdbcSession> sessions = new ArrayList<>();

  record Sent(int number) {}

  record Noted(int number) {}

  InterleavingTests() throws SQLException {
    program.open();
    watching = JdbcSession.watching(postgres);
    for (int i = 0; i < 4; i++) {
      sessions.add(JdbcSession.serving(postgres));
    }
  }

  @AfterEach
  void close() throws SQLException {
    for (JdbcSession session : sessions) {
      session.close();
    }
    watching.close();
    program.close();
  }

  @Test
  void claimsOfWhichOneIsRolledBackGiveOneEffect() throws Exception {
    assertThat(new Interleavings(() -> new Claims(LookSql.CLAIM)).violation(MOST, SEED)).isEmpty();
  }

  @Test
  void claimWithoutLockIsCaught() throws Exception {
    String bug =
        "select id, pg_sleep(0) from manyfactor.job"
            + " where kind = ? and due_at >= ? and ? <> '' order by due_at, id limit 1";

    assertThat(new Interleavings(() -> new Claims(bug)).violation(MOST, SEED)).isPresent();
  }

  @Test
  void rescueAndAcknowledgementsGiveOneEffect() throws Exception {
    var scenes = new Interleavings(() -> new Rescue(Rescue.ACKNOWLEDGE));

    assertThat(scenes.violation(MOST, SEED)).isEmpty();
  }

  @Test
  void acknowledgementWithoutFenceIsCaught() throws Exception {
    String bug = Rescue.ACKNOWLEDGE.replace("and fence = ?", "and fence >= ?");

    assertThat(new Interleavings(() -> new Rescue(bug)).violation(MOST, SEED))
        .hasValueSatisfying(wrong -> assertThat(wrong).contains("was taken over"));
  }

  @Test
  void acknowledgementThatNobodyLooksAtIsCaught() throws Exception {
    String bug = "with gone as (" + Rescue.ACKNOWLEDGE + ") select 1";

    assertThat(new Interleavings(() -> new Rescue(bug)).violation(MOST, SEED)).isPresent();
  }

  @Test
  void schedulersThatCatchUpFireEachInstantOnce() throws Exception {
    var scenes = new Interleavings(() -> new Fires(Timetable.FIRE));

    assertThat(scenes.violation(MOST, SEED)).isEmpty();
  }

  @Test
  void fireWithoutCompareIsCaught() throws Exception {
    postgres.execute("alter table manyfactor.schedule_fire drop constraint schedule_fire_pkey");
    String bug = Timetable.FIRE.replace("and decided_until = ?", "and ?::timestamptz is not null");

    assertThat(new Interleavings(() -> new Fires(bug)).violation(MOST, SEED)).isPresent();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /// What the scenes have in common.
  private abstract class Play implements Scene {

    Play() throws SQLException {
      watching.ask(
          "with e as (delete from effect), j as (delete from manyfactor.job),"
              + " r as (delete from manyfactor.run), s as (delete from manyfactor.schedule)"
              + " delete from manyfactor.schedule_fire");
    }

    @Override
    public boolean waits(Session session) throws SQLException {
      int pid = sessions.get(sessions().indexOf(session)).pid();
      return watching
          .ask("select wait_event_type from pg_stat_activity where pid = ?", pid)
          .contains("Lock");
    }

    Optional<String> oneEffect() throws SQLException {
      List<String> left =
          watching.ask(
              "select 'a job is left' from manyfactor.job union all"
                  + " select 'a lease is left' from manyfactor.run union all"
                  + " select 'a letter is dead' from manyfactor.dead");
      int effects = watching.ask("select note from effect").size();
      return effects == 1 && left.isEmpty()
          ? Optional.empty()
          : Optional.of(effects + " effects, " + left);
    }

    @Override
    public void close() throws SQLException {
      for (JdbcSession session : sessions) {
        session.rollback();
      }
    }
  }

  /// Three workers claim one transactional job; the first is killed before it commits.
  private final class Claims extends Play {
    private final String claim;
    private final boolean[] has = new boolean[4];
    private final List<Session> roles =
        List.of(
            new Session("killed", List.of(claims(0), works(0), new Step("dies", this::die))),
            new Session("one", List.of(claims(1), works(1), commits(1))),
            new Session("other", List.of(claims(2), works(2), commits(2))));

    Claims(String claim) throws SQLException {
      this.claim = claim;
      program.write("acme", write -> notes.add(write, new Noted(1)));
    }

    @Override
    public List<Session> sessions() {
      return roles;
    }

    private Step claims(int index) {
      return new Step("claims", () -> claim(index));
    }

    private void claim(int index) throws SQLException {
      has[index] =
          !sessions.get(index).ask(claim, notes.kind(), utc(Instant.EPOCH), notes.kind()).isEmpty();
    }

    private Step works(int index) {
      return new Step("works", () -> work(index));
    }

    private void work(int index) throws SQLException {
      if (has[index]) {
        sessions.get(index).effect();
      }
    }

    private Step commits(int index) {
      return new Step("commits", () -> sessions.get(index).commit());
    }

    private void die() throws SQLException {
      sessions.getFirst().rollback();
    }

    @Override
    public Optional<String> verdict() throws SQLException {
      claim(3); // what nobody has done is done now
      work(3);
      sessions.get(3).commit();
      return oneEffect();
    }
  }

  /// A worker that lost its lock, but does not know, ends its leased job, while two others look.
  private final class Rescue extends Play {
    static final String ACKNOWLEDGE =
        "delete from manyfactor.run where id = ? and fence = ? returning id";

    private final String acknowledge;
    private final Look[] looks = new Look[4];
    private final StoredJob[] leased = new StoredJob[4];
    private final boolean[] holds = new boolean[4];
    private volatile long fence;
    private volatile boolean stale;
    private final List<Session> roles =
        List.of(
            new Session("lost", List.of(acknowledges(0), works(0), commits(0))),
            new Session("one", List.of(looks(1), acknowledges(1), works(1), commits(1))),
            new Session("other", List.of(looks(2), acknowledges(2), works(2), commits(2))));

    Rescue(String acknowledge) throws SQLException {
      this.acknowledge = acknowledge;
      program.write("acme", write -> sends.add(write, new Sent(1)));
      for (int i = 0; i < looks.length; i++) {
        looks[i] = new Look(sessions.get(i).connection(), i + 1, program.jobs().opened());
        if (i > 0) { // the first holds no lock any more
          sessions.get(i).ask("select pg_advisory_lock_shared(?, ?)", Look.LOCK_CLASS, i + 1);
        }
      }
      look(0);
    }

    @Override
    public List<Session> sessions() {
      return roles;
    }

    private Step looks(int index) {
      return new Step("looks", () -> look(index));
    }

    private void look(int index) throws SQLException {
      List<StoredJob> jobs = looks[index].take(new Look.Order(1, false, true)).leased();
      sessions.get(index).commit();
      jobs.stream().findFirst().ifPresent(job -> leased[index] = job);
      fence = jobs.stream().mapToLong(StoredJob::fence).reduce(fence, Math::max);
    }

    private Step acknowledges(int index) {
      return new Step("acknowledges", () -> acknowledge(index));
    }

    private void acknowledge(int index) throws SQLException {
      StoredJob job = leased[index];
      holds[index] =
          job != null
              && !sessions.get(index).ask(acknowledge, job.id().value(), job.fence()).isEmpty();
      stale |= holds[index] && job.fence() < fence;
    }

    private Step works(int index) {
      return new Step("works", () -> work(index));
    }

    private void work(int index) throws SQLException {
      if (holds[index]) {
        sessions.get(index).effect();
      }
    }

    private Step commits(int index) {
      return new Step("commits", () -> sessions.get(index).commit());
    }

    @Override
    public Optional<String> verdict() throws SQLException {
      watching.ask("update manyfactor.run set expires_at = now() - interval '1 second'");
      look(3); // what nobody has done is done now
      acknowledge(3);
      work(3);
      sessions.get(3).commit();
      return stale ? Optional.of("a worker has committed whose lease was taken over") : oneEffect();
    }

    @Override
    public void close() throws SQLException {
      super.close();
      for (JdbcSession session : sessions) {
        session.ask("select pg_advisory_unlock_all()");
        session.commit();
      }
    }
  }

  /// Three schedulers whose clocks differ decide a schedule that fires every minute and catches up.
  private final class Fires extends Play {
    private static final Instant START = Instant.parse("2026-11-01T12:00:30Z");

    private final String fire;
    private final Instant[] read = new Instant[4];
    private final List<Session> roles = List.of(scheduler(0, 1), scheduler(1, 2), scheduler(2, 3));

    Fires(String fire) throws SQLException {
      this.fire = fire;
      watching.ask("insert into manyfactor.schedule values ('tick', '2026-11-01T12:00:30Z')");
      watching.ask("insert into manyfactor.tenant (tenant) values ('acme') on conflict do nothing");
    }

    @Override
    public List<Session> sessions() {
      return roles;
    }

    /// @param minutes how far its clock has come
    private Session scheduler(int index, int minutes) {
      return new Session(
          minutes + " minutes",
          List.of(
              new Step("reads", () -> read(index)),
              new Step("fires", () -> fire(index, minutes)),
              new Step("commits", () -> sessions.get(index).commit())));
    }

    private void read(int index) throws SQLException {
      String until =
          sessions
              .get(index)
              .ask("select extract(epoch from decided_until)::bigint from manyfactor.schedule")
              .getFirst();
      sessions.get(index).commit();
      read[index] = Instant.ofEpochSecond(Long.parseLong(until));
    }

    private void fire(int index, int minutes) throws SQLException {
      List<Instant> due =
          Stream.iterate(1, minute -> minute + 1)
              .limit(minutes)
              .map(minute -> START.plusSeconds(60L * minute - 30))
              .filter(instant -> instant.isAfter(read[index]))
              .toList();
      if (due.isEmpty()) {
        return;
      }
      JdbcSession session = sessions.get(index);
      Object instants = session.connection().createArrayOf("text", due.toArray());
      Instant until = due.getLast();
      session.ask(
          fire,
          utc(until),
          "tick",
          utc(read[index]),
          utc(START.minusSeconds(86_400)),
          instants,
          "schedule.tick",
          "r1");
    }

    @Override
    public Optional<String> verdict() throws SQLException {
      for (int i = 0; i < 3; i++) { // whoever was overtaken decides again
        read(3);
        fire(3, 3);
        sessions.get(3).commit();
      }
      List<String> fired =
          watching.ask(
              "select payload::json ->> 'instant' from manyfactor.job order by due_at, payload");
      return fired.size() == 3 && fired.stream().distinct().count() == 3
          ? Optional.empty()
          : Optional.of("fired " + fired);
    }
  }
}
