package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever the order in which sessions do what they do to one job or one schedule, it has one
/// effect and nothing is lost; and a bug that is planted shows in some order.
class InterleavingTests {
  private static final long SEED = 20_261_120;
  private static final int MOST = 60;

  private final Stage stage;

  InterleavingTests() throws SQLException {
    stage = new Stage();
  }

  @AfterEach
  void close() throws SQLException {
    stage.close();
  }

  @Test
  void claimsOfWhichOneIsRolledBackGiveOneEffect() throws Exception {
    assertThat(new Interleavings(() -> new ClaimScene(stage, LookSql.CLAIM)).violation(MOST, SEED))
        .isEmpty();
  }

  @Test
  void claimWithoutLockIsCaught() throws Exception {
    String bug =
        "select id, pg_sleep(0) from manyfactor.job"
            + " where kind = ? and due_at >= ? and 0 = ? and ? <> '' order by due_at, id limit 1";

    assertThat(new Interleavings(() -> new ClaimScene(stage, bug)).violation(MOST, SEED))
        .isPresent();
  }

  @Test
  void rescueAndAcknowledgementsGiveOneEffect() throws Exception {
    var scenes = new Interleavings(() -> new RescueScene(stage, Lease.ACKNOWLEDGE));

    assertThat(scenes.violation(MOST, SEED)).isEmpty();
  }

  @Test
  void rescueAndCompletionsGiveOneEffect() throws Exception {
    String complete = Completions.COMPLETE.replace("?", "array[?]");

    assertThat(new Interleavings(() -> new RescueScene(stage, complete)).violation(MOST, SEED))
        .isEmpty();
  }

  @Test
  void acknowledgementWithoutFenceIsCaught() throws Exception {
    String bug = Lease.ACKNOWLEDGE.replace("and fence = ?", "and fence >= ?");

    assertThat(new Interleavings(() -> new RescueScene(stage, bug)).violation(MOST, SEED))
        .hasValueSatisfying(wrong -> assertThat(wrong).contains("was taken over"));
  }

  @Test
  void acknowledgementThatNobodyLooksAtIsCaught() throws Exception {
    String bug = "with gone as (" + Lease.ACKNOWLEDGE + ") select 1";

    assertThat(new Interleavings(() -> new RescueScene(stage, bug)).violation(MOST, SEED))
        .isPresent();
  }

  @Test
  void schedulersThatCatchUpFireEachInstantOnce() throws Exception {
    var scenes = new Interleavings(() -> new FireScene(stage, Timetable.FIRE));

    assertThat(scenes.violation(MOST, SEED)).isEmpty();
  }

  @Test
  void fireWithoutCompareIsCaught() throws Exception {
    stage
        .postgres()
        .execute("alter table manyfactor.schedule_fire drop constraint schedule_fire_pkey");
    String bug = Timetable.FIRE.replace("and decided_until = ?", "and ?::timestamptz is not null");

    assertThat(new Interleavings(() -> new FireScene(stage, bug)).violation(MOST, SEED))
        .isPresent();
  }
}
