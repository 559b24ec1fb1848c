package dev.manyfactor.jobs;

import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.jobs.Interleavings.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the scenes of [InterleavingTests] are played on: a database, four sessions, and one that
/// watches.
final class Stage implements AutoCloseable {
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

  Stage() throws SQLException {
    program.open();
    watching = JdbcSession.watching(postgres);
    for (int i = 0; i < 4; i++) {
      sessions.add(JdbcSession.serving(postgres));
    }
  }

  TestPostgres postgres() {
    return postgres;
  }

  Running running() {
    return program.jobs().opened();
  }

  /// The session of one of those who play; the last one is for the verdict.
  JdbcSession session(int index) {
    return sessions.get(index);
  }

  JdbcSession watching() {
    return watching;
  }

  void addLeased() {
    program.write("acme", write -> sends.add(write, new Sent(1)));
  }

  /// Adds a transactional job.
  ///
  /// @return its kind
  String addTransactional() {
    program.write("acme", write -> notes.add(write, new Noted(1)));
    return notes.kind();
  }

  /// Takes away what the scene before has left.
  void clear() throws SQLException {
    for (JdbcSession session : sessions) {
      session.rollback();
    }
    watching.ask(
        "with e as (delete from effect), j as (delete from manyfactor.job),"
            + " r as (delete from manyfactor.run), s as (delete from manyfactor.schedule)"
            + " delete from manyfactor.schedule_fire");
  }

  /// Whether a session waits for a lock.
  boolean waits(List<Session> roles, Session role) throws SQLException {
    int pid = sessions.get(roles.indexOf(role)).pid();
    return watching
        .ask("select wait_event_type from pg_stat_activity where pid = ?", pid)
        .contains("Lock");
  }

  /// What is wrong if not exactly one effect is there and nothing else.
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

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public void close() throws SQLException {
    for (JdbcSession session : sessions) {
      session.close();
    }
    watching.close();
    program.close();
  }
}
