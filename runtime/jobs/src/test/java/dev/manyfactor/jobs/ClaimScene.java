package dev.manyfactor.jobs;

import dev.manyfactor.jobs.Interleavings.Scene;
import dev.manyfactor.jobs.Interleavings.Session;
import dev.manyfactor.jobs.Interleavings.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Three workers claim one transactional job; the first is killed before it commits.
final class ClaimScene implements Scene {
  private final Stage stage;
  private final String claim;
  private final String kind;
  private final boolean[] has = new boolean[4];
  private final List<Session> roles =
      List.of(
          new Session("killed", List.of(claims(0), works(0), new Step("dies", this::die))),
          new Session("one", List.of(claims(1), works(1), commits(1))),
          new Session("other", List.of(claims(2), works(2), commits(2))));

  ClaimScene(Stage stage, String claim) throws SQLException {
    this.stage = stage;
    this.claim = claim;
    stage.clear();
    this.kind = stage.addTransactional();
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
        !stage.session(index).ask(claim, kind, Stage.utc(Instant.EPOCH), 0, "10000").isEmpty();
  }

  private Step works(int index) {
    return new Step("works", () -> work(index));
  }

  private void work(int index) throws SQLException {
    if (has[index]) {
      stage.session(index).effect();
    }
  }

  private Step commits(int index) {
    return new Step("commits", () -> stage.session(index).commit());
  }

  private void die() throws SQLException {
    stage.session(0).rollback();
  }

  @Override
  public boolean waits(Session session) throws SQLException {
    return stage.waits(roles, session);
  }

  @Override
  public Optional<String> verdict() throws SQLException {
    claim(3); // what nobody has done is done now
    work(3);
    stage.session(3).commit();
    return stage.oneEffect();
  }

  @Override
  public void close() throws SQLException {
    stage.clear();
  }
}
