package dev.manyfactor.jobs;

import dev.manyfactor.jobs.Interleavings.Scene;
import dev.manyfactor.jobs.Interleavings.Session;
import dev.manyfactor.jobs.Interleavings.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Three schedulers whose clocks differ decide a schedule that fires every minute and catches up.
final class FireScene implements Scene {
  private final Stage stage;
  private static final Instant START = Instant.parse("2026-11-01T12:00:30Z");

  private final String fire;
  private final Instant[] read = new Instant[4];
  private final List<Session> roles = List.of(scheduler(0, 1), scheduler(1, 2), scheduler(2, 3));

  FireScene(Stage stage, String fire) throws SQLException {
    this.stage = stage;
    this.fire = fire;
    stage.clear();
    stage.watching().ask("insert into manyfactor.schedule values ('tick', '2026-11-01T12:00:30Z')");
    stage
        .watching()
        .ask("insert into manyfactor.tenant (tenant) values ('acme') on conflict do nothing");
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
            new Step("commits", () -> stage.session(index).commit())));
  }

  private void read(int index) throws SQLException {
    String until =
        stage
            .session(index)
            .ask("select extract(epoch from decided_until)::bigint from manyfactor.schedule")
            .getFirst();
    stage.session(index).commit();
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
    JdbcSession session = stage.session(index);
    Object instants = session.connection().createArrayOf("text", due.toArray());
    Instant until = due.getLast();
    session.ask(
        fire,
        Stage.utc(until),
        "tick",
        Stage.utc(read[index]),
        Stage.utc(START.minusSeconds(86_400)),
        instants,
        "schedule.tick",
        "r1");
  }

  @Override
  public boolean waits(Session session) throws SQLException {
    return stage.waits(roles, session);
  }

  @Override
  public Optional<String> verdict() throws SQLException {
    for (int i = 0; i < 3; i++) { // whoever was overtaken decides again
      read(3);
      fire(3, 3);
      stage.session(3).commit();
    }
    List<String> fired =
        stage
            .watching()
            .ask("select payload::json ->> 'instant' from manyfactor.job order by due_at, payload");
    return fired.size() == 3 && fired.stream().distinct().count() == 3
        ? Optional.empty()
        : Optional.of("fired " + fired);
  }

  @Override
  public void close() throws SQLException {
    stage.clear();
  }
}
