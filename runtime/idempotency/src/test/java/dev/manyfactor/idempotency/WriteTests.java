package dev.manyfactor.idempotency;

import static dev.manyfactor.idempotency.Shop.context;
import static dev.manyfactor.idempotency.Shop.key;
import static dev.manyfactor.idempotency.Shop.order;
import static dev.manyfactor.idempotency.Shop.request;
import static dev.manyfactor.idempotency.Shop.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.database.DoomedTransactionException;
import dev.manyfactor.database.StatementException;
import dev.manyfactor.database.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteTests {
  private static final Shop SHOP = new Shop();

  @AfterEach
  void empty() {
    SHOP.empty();
  }

  @AfterAll
  static void close() {
    SHOP.close();
  }

  @Test
  void aRepeatGetsTheFirstAnswerAndHasNoEffect() {
    Outcome first = SHOP.order(key("1"), "tea");
    Outcome repeat = SHOP.order(key("1"), "tea");
    assertThat(first).isEqualTo(new Outcome.Done(response(201, "{\"id\":1}")));
    assertThat(repeat).isEqualTo(new Outcome.Replayed(response(201, "{\"id\":1}")));
    assertThat(SHOP.orders()).isEqualTo(1);
  }

  @Test
  void anotherRequestUnderTheKeyIsRefused() {
    SHOP.order(key("1"), "tea");
    assertThat(SHOP.order(key("1"), "coffee")).isEqualTo(new Outcome.Mismatch());
    assertThat(SHOP.orders()).isEqualTo(1);
  }

  @Test
  void aKeyBelongsToOneSubjectOfOneTenant() {
    assertThat(SHOP.order("acme", "alice", key("1"), "tea")).isInstanceOf(Outcome.Done.class);
    assertThat(SHOP.order("acme", "bob", key("1"), "tea")).isInstanceOf(Outcome.Done.class);
    assertThat(SHOP.order("umbrella", "alice", key("1"), "tea")).isInstanceOf(Outcome.Done.class);
    assertThat(SHOP.orders()).isEqualTo(3);
  }

  @Test
  void sixteenAtOnceHaveOneEffect() throws Exception {
    for (int round = 0; round < 5; round++) {
      var key = key("round-" + round);
      var start = new CyclicBarrier(16);
      var outcomes = new ArrayList<Outcome>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var running = new ArrayList<Future<Outcome>>();
        for (int i = 0; i < 16; i++) {
          running.add(
              threads.submit(() -> {
                start.await();
                return SHOP.order(key, "tea");
              }));
        }
        for (Future<Outcome> outcome : running) {
          outcomes.add(outcome.get());
        }
      }
      assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .allMatch(outcome ->
              outcome instanceof Outcome.Done
                  || outcome instanceof Outcome.Replayed
                  || outcome instanceof Outcome.InFlight);
      assertThat(SHOP.orders()).isEqualTo(round + 1);
      assertThat(SHOP.order(key, "tea")).isInstanceOf(Outcome.Replayed.class);
    }
  }

  @Test
  void aDuplicateOfWorkInFlightIsToldSoAtOnce() throws Exception {
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> first =
          threads.submit(() ->
              SHOP.idempotency.write(
                  context("acme", "alice"),
                  key("1"),
                  request("tea"),
                  write -> {
                    started.countDown();
                    await(release);
                    return order(write, "tea");
                  }));
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(SHOP.order(key("1"), "tea")).isEqualTo(new Outcome.InFlight());
      release.countDown();
      assertThat(first.get()).isInstanceOf(Outcome.Done.class);
    }
    assertThat(SHOP.order(key("1"), "tea")).isInstanceOf(Outcome.Replayed.class);
  }

  @Test
  void aRejectionThatTheWorkReturnsIsKept() {
    var rejection = response(409, "{\"title\":\"sold out\"}");
    Outcome first = write(key("1"), write -> rejection);
    Outcome repeat = write(key("1"), write -> order(write, "tea"));
    assertThat(first).isEqualTo(new Outcome.Done(rejection));
    assertThat(repeat).isEqualTo(new Outcome.Replayed(rejection));
    assertThat(SHOP.orders()).isZero();
  }

  @Test
  void aServersErrorIsRolledBackAndTheRepeatRuns() {
    var error = response(503, "");
    Outcome first =
        write(
            key("1"),
            write -> {
              order(write, "tea");
              return error;
            });
    assertThat(first).isEqualTo(new Outcome.RolledBack(error));
    assertThat(SHOP.orders()).isZero();
    assertThat(SHOP.stored()).isZero();
    assertThat(SHOP.order(key("1"), "tea")).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anExceptionIsRolledBackAndTheRepeatRuns() {
    assertThatThrownBy(() ->
            write(
                key("1"),
                write -> {
                  order(write, "tea");
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");
    assertThat(SHOP.order(key("1"), "tea")).isInstanceOf(Outcome.Done.class);
    assertThat(SHOP.orders()).isEqualTo(1);
  }

  @Test
  void aFailureThatTheWorkSwallowsKeepsNothing() {
    assertThatThrownBy(() ->
            write(
                key("1"),
                write -> {
                  assertThatThrownBy(() -> write.update("select 1 / 0"))
                      .isInstanceOf(StatementException.class);
                  return response(201, "");
                }))
        .isInstanceOf(DoomedTransactionException.class);
    assertThat(SHOP.stored()).isZero();
  }

  @Test
  void whoeverLosesTheRaceForTheRowGetsTheAnswerOfTheWinner() {
    var winner = response(201, "{\"id\":\"the winner's\"}");
    Outcome outcome =
        write(
            key("1"),
            write -> {
              storeWithoutLock(key("1"), winner); // as by a process that does not take the lock
              return order(write, "tea");
            });
    assertThat(outcome).isEqualTo(new Outcome.Replayed(winner));
    assertThat(SHOP.orders()).isZero();
  }

  @Test
  void aResponseThatIsTooLargeIsRefusedWithItsWork() {
    var large = new StoredResponse(201, Map.of(), new byte[StoredResponse.MOST_BYTES + 1]);
    assertThatThrownBy(() ->
            write(
                key("1"),
                write -> {
                  order(write, "tea");
                  return large;
                }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 65537 bytes")
        .hasMessageContaining("answer with a Location");
    assertThat(SHOP.orders()).isZero();
    var largest = new StoredResponse(201, Map.of(), new byte[StoredResponse.MOST_BYTES]);
    write(key("2"), write -> largest);
    assertThat(write(key("2"), write -> largest)).isEqualTo(new Outcome.Replayed(largest));
  }

  @Test
  void anUnknownCommitIsSaidToBeUnknownAndTheRepeatIsRight() {
    SHOP.postgres.execute(
        "create function die() returns trigger language plpgsql as"
            + " $$ begin if new.item = 'poison' then"
            + " perform pg_terminate_backend(pg_backend_pid()); end if; return null; end $$",
        "create constraint trigger die after insert on orders deferrable initially deferred"
            + " for each row execute function die()");
    assertThat(SHOP.order(key("1"), "poison")).isEqualTo(new Outcome.Unknown());
    SHOP.postgres.execute("drop trigger die on orders", "drop function die()");
    assertThat(SHOP.order(key("1"), "poison")).isInstanceOf(Outcome.Done.class);
    assertThat(SHOP.orders()).isEqualTo(1);
  }

  @Test
  void aKeyFromBeforeTheRetentionOrFromTheFutureIsRefused() {
    Instant now = SHOP.now.get();
    assertThat(SHOP.order(Shop.keyMadeAt(now.minus(Duration.ofHours(24))), "tea"))
        .isInstanceOf(Outcome.Done.class);
    assertThat(SHOP.order(Shop.keyMadeAt(now.plus(Duration.ofMinutes(5))), "tea"))
        .isInstanceOf(Outcome.Done.class);
    for (Instant outside :
        new Instant[] {now.minus(Duration.ofHours(24)).minusMillis(1), now.plusSeconds(301)}) {
      assertThat(SHOP.order(Shop.keyMadeAt(outside), "tea"))
          .isEqualTo(new Outcome.Expired(outside, Duration.ofDays(1)));
    }
    assertThat(SHOP.orders()).isEqualTo(2);
  }

  private Outcome write(
      IdempotencyKey key, java.util.function.Function<Write, StoredResponse> work) {
    return SHOP.idempotency.write(context("acme", "alice"), key, request("tea"), work);
  }

  private void storeWithoutLock(IdempotencyKey key, StoredResponse response) {
    Entry entry = Entry.of(context("acme", "alice"), key, request("tea"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads
          .submit(() -> {
            try (var bracket =
                SHOP.database.begin(
                    context("acme", "alice"), dev.manyfactor.database.spi.Opening.none())) {
              bracket.commit(ResponseStore.addition(entry, response));
            }
            return "done";
          })
          .get();
    } catch (java.util.concurrent.ExecutionException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
