package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifelineTests {
  private final TestClock clock = new TestClock();
  private TestPostgres postgres;
  private TestProgram program;
  private Queue<Sent> sends;
  private Queue<Noted> notes;

  record Sent(int number) {}

  record Noted(int number) {}

  private static final LeasedJob<Sent> SEND = (call, sent) -> {};
  private static final TransactionalJob<Noted> NOTE = (write, noted) -> {};

  @BeforeEach
  void declare() {
    postgres = TestTables.create();
    program = new TestProgram(postgres, clock);
    sends = program.jobs().queue(Sent.class, SEND);
    notes = program.jobs().queue(Noted.class, NOTE);
    program.open();
  }

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void anIdleWorkerHearsOfAJobOfItsKindWithoutAsking() throws SQLException {
    try (Lifeline lifeline = open()) {
      program.write("acme", write -> notes.add(write, new Noted(1)));

      Await.until("a wake-up", () -> heard(lifeline, Set.of(notes.kind())));

      program.write("acme", write -> notes.add(write, new Noted(2)));
      program.write("acme", write -> sends.add(write, new Sent(1)));
      Await.until("a wake-up", () -> heard(lifeline, Set.of(sends.kind())));
      assertThat(lifeline.heard(Set.of(sends.kind()), Duration.ZERO).jobs()).isFalse();
    }
  }

  private static boolean heard(Lifeline lifeline, Set<String> kinds) {
    try {
      return lifeline.heard(kinds, Duration.ofMillis(10)).jobs();
    } catch (SQLException lost) {
      throw new IllegalStateException(lost);
    }
  }

  @Test
  void aLookLeasesTheOldestJobsAndNoMoreThanAsked() throws SQLException {
    for (int i = 1; i <= 5; i++) {
      int number = i;
      program.write("acme", write -> sends.add(write, new Sent(number)));
    }
    program.write("acme", write -> notes.add(write, new Noted(1)));

    try (Lifeline one = open();
        Lifeline other = open()) {
      Round first = look(one, 2);
      Round second = look(other, 10);
      Round third = look(one, 10);

      assertThat(payloads(first)).containsExactly("{\"number\":1}", "{\"number\":2}");
      assertThat(payloads(second))
          .containsExactly("{\"number\":3}", "{\"number\":4}", "{\"number\":5}");
      assertThat(third.leased()).isEmpty();
      assertThat(first.leased()).allMatch(job -> job.fence() == 1 && job.attempt() == 1);
      assertThat(first.waiting()).containsExactly(Map.entry(notes.kind(), 1));
      assertThat(first.othersAtWork()).isFalse();
      assertThat(second.othersAtWork()).isTrue();
    }
  }

  @Test
  void theLeasesOfAWorkerThatIsGoneAreTakenOverUnderAHigherFence() throws SQLException {
    program.write("acme", write -> sends.add(write, new Sent(1)));
    Lifeline killed = open();
    try (Lifeline other = open()) {
      assertThat(look(killed, 1).leased()).hasSize(1);
      assertThat(look(other, 1).leased()).isEmpty();

      killed.close();
      Await.until("the lease is taken over", () -> takesOver(other));

      assertThat(postgres.ask("select worker from manyfactor.run"))
          .containsExactly(Integer.toString(other.worker()));
      assertThat(postgres.ask("select fence || ' ' || attempts from manyfactor.run"))
          .containsExactly("2 1");
      assertThat(postgres.ask("select failures -> 0 ->> 'reason' from manyfactor.run").getFirst())
          .contains("lost");
    }
  }

  private boolean takesOver(Lifeline lifeline) {
    try {
      return !look(lifeline, 1).leased().isEmpty();
    } catch (SQLException lost) {
      throw new IllegalStateException(lost);
    }
  }

  @Test
  void aLeaseThatHasRunOutIsTakenOverAlthoughItsWorkerLives() throws SQLException {
    program.write("acme", write -> sends.add(write, new Sent(1)));
    try (Lifeline frozen = open();
        Lifeline other = open()) {
      assertThat(look(frozen, 1).leased()).hasSize(1);
      postgres.execute("update manyfactor.run set expires_at = now() - interval '1 second'");

      assertThat(look(other, 1).leased()).hasSize(1);
    }
  }

  @Test
  void leasesOfWorkerThatLivesByTheClockAreTakenOverWhenItWasNotSeen() throws SQLException {
    program.write("acme", write -> sends.add(write, new Sent(1)));
    try (Lifeline silent = Lifeline.open(program.jobs().opened(), Liveness.CLOCK);
        Lifeline other = open();
        Lifeline third = Lifeline.open(program.jobs().opened(), Liveness.CLOCK)) {
      assertThat(look(silent, 1).leased()).hasSize(1);
      assertThat(silent.worker()).isNegative();
      assertThat(look(other, 1).leased()).as("no lock is held, and none is needed").isEmpty();
      assertThat(look(third, 1).leased()).isEmpty();

      postgres.execute("update manyfactor.worker set seen_at = now() - interval '7 seconds'");

      Await.until("the lease is taken over", () -> takesOver(other));
      assertThat(look(third, 1).leased()).isEmpty();
      assertThat(postgres.ask("select fence from manyfactor.run")).containsExactly("2");
    }
  }

  @Test
  void aLookTellsWhenTheNextJobBecomesDue() throws SQLException {
    program.write("acme", write -> sends.add(write, new Sent(1), Terms.after(Duration.ofHours(1))));
    try (Lifeline lifeline = open()) {
      Round before = look(lifeline, 1);
      assertThat(before.leased()).isEmpty();
      assertThat(before.nextDue())
          .hasValueSatisfying(due -> assertThat(due).isAfter(clock.instant()));

      clock.advance(Duration.ofHours(1));

      assertThat(look(lifeline, 1).leased()).hasSize(1);
    }
  }

  private Lifeline open() throws SQLException {
    return Lifeline.open(program.jobs().opened(), Liveness.SESSION_LOCK);
  }

  private Round look(Lifeline lifeline, int most) throws SQLException {
    return lifeline.look().take(new Look.Order(most, false, false));
  }

  private static List<String> payloads(Round round) {
    return round.leased().stream().map(StoredJob::payload).toList();
  }
}
