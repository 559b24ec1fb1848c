package dev.manyfactor.jobs;

import dev.manyfactor.jobs.Interleavings.Scene;
import dev.manyfactor.jobs.Interleavings.Session;
import dev.manyfactor.jobs.Interleavings.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// A worker that lost its lock, but does not know, ends its leased job, while two others look.
final class RescueScene implements Scene {
  private final Stage stage;
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

  RescueScene(Stage stage, String acknowledge) throws SQLException {
    this.stage = stage;
    this.acknowledge = acknowledge;
    stage.clear();
    stage.addLeased();
    for (int i = 0; i < looks.length; i++) {
      looks[i] = new Look(stage.session(i).connection(), i + 1, stage.running());
      if (i > 0) { // the first holds no lock any more
        stage.session(i).ask("select pg_advisory_lock_shared(?, ?)", Look.LOCK_CLASS, i + 1);
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
    stage.session(index).commit();
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
            && !stage.session(index).ask(acknowledge, job.id().value(), job.fence()).isEmpty();
    stale |= holds[index] && job.fence() < fence;
  }

  private Step works(int index) {
    return new Step("works", () -> work(index));
  }

  private void work(int index) throws SQLException {
    if (holds[index]) {
      stage.session(index).effect();
    }
  }

  private Step commits(int index) {
    return new Step("commits", () -> stage.session(index).commit());
  }

  @Override
  public boolean waits(Session session) throws SQLException {
    return stage.waits(roles, session);
  }

  @Override
  public Optional<String> verdict() throws SQLException {
    stage.watching().ask("update manyfactor.run set expires_at = now() - interval '1 second'");
    look(3); // what nobody has done is done now
    acknowledge(3);
    work(3);
    stage.session(3).commit();
    return stale
        ? Optional.of("a worker has committed whose lease was taken over")
        : stage.oneEffect();
  }

  @Override
  public void close() throws SQLException {
    for (int i = 0; i < looks.length; i++) {
      stage.session(i).rollback();
      stage.session(i).ask("select pg_advisory_unlock_all()");
      stage.session(i).commit();
    }
  }
}
