package dev.manyfactor.idempotency;

import static dev.manyfactor.idempotency.Shop.context;
import static dev.manyfactor.idempotency.Shop.key;
import static dev.manyfactor.idempotency.Shop.order;
import static dev.manyfactor.idempotency.Shop.request;
import static dev.manyfactor.idempotency.Shop.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Context;
import dev.manyfactor.database.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallTests {
  private static final Shop SHOP = new Shop();
  private final List<String> upstream = new CopyOnWriteArrayList<>(); // the keys of the calls made

  @AfterEach
  void empty() {
    SHOP.empty();
  }

  @AfterAll
  static void close() {
    SHOP.close();
  }

  @Test
  void theOneWriteIsCommittedWithTheResponse() {
    Outcome first = call(this::charge);
    Outcome repeat = call(this::charge);
    assertThat(first).isEqualTo(new Outcome.Done(response(201, "{\"id\":1}")));
    assertThat(repeat).isEqualTo(new Outcome.Replayed(response(201, "{\"id\":1}")));
    assertThat(upstream).hasSize(1);
    assertThat(SHOP.orders()).isEqualTo(1);
  }

  @Test
  void callsAreMadeOutsideOfAnyTransaction() {
    call(call -> {
      assertThat(Context.current().orElseThrow().inTransaction()).isFalse();
      boolean seen = call.read(read -> read.sql("select 1 from orders").exists());
      assertThat(seen).isFalse();
      return charge(call);
    });
    assertThat(SHOP.orders()).isEqualTo(1);
  }

  @Test
  void aRetryRepeatsTheCallsUnderTheSameKey() {
    assertThatThrownBy(() ->
            call(call -> {
              charge(call);
              throw new IllegalStateException("crashed before the commit");
            }))
        .hasMessage("crashed before the commit");
    assertThat(SHOP.orders()).isZero();
    assertThat(call(this::charge)).isInstanceOf(Outcome.Done.class);
    assertThat(upstream).hasSize(2);
    assertThat(upstream.get(0)).isEqualTo(upstream.get(1)).matches("[0-9a-f]{32}");
    assertThat(SHOP.orders()).isEqualTo(1);
  }

  @Test
  void keysOfDifferentWorkDiffer() {
    call(this::charge);
    SHOP.idempotency.call(context("acme", "bob"), key("1"), request("tea"), this::charge);
    assertThat(upstream).doesNotHaveDuplicates().doesNotContain(key("1").value());
  }

  @Test
  void aStepHasAStableKeyOfItsOwn() {
    var keys = new ArrayList<String>();
    call(call -> {
      keys.add(call.key());
      keys.add(call.key("charge"));
      keys.add(call.key("refund"));
      assertThat(call.key("charge")).isEqualTo(keys.get(1));
      return response(200, "");
    });
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(new IdempotencyKey(keys.get(1)).madeAt()).isEmpty();
  }

  @Test
  void aResponseWithoutAWriteIsKeptToo() {
    var rejection = response(409, "declined");
    assertThat(call(call -> rejection)).isEqualTo(new Outcome.Done(rejection));
    assertThat(call(this::charge)).isEqualTo(new Outcome.Replayed(rejection));
    assertThat(upstream).isEmpty();
  }

  @Test
  void aServersErrorAfterTheWriteIsRolledBack() {
    var error = response(502, "");
    Outcome first =
        call(call -> {
          charge(call);
          return error;
        });
    assertThat(first).isEqualTo(new Outcome.RolledBack(error));
    assertThat(SHOP.orders()).isZero();
    assertThat(call(this::charge)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aSecondWriteIsRefused() {
    assertThatThrownBy(() ->
            call(call -> {
              charge(call);
              return charge(call);
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exactly one write");
    assertThat(SHOP.orders()).isZero();
  }

  @Test
  void whoeverIsOvertakenHasNoEffectAndGetsTheOtherAnswer() {
    var elsewhere =
        new Idempotency(SHOP.database, Configured.of(IdempotencySettings.DEFAULT), SHOP.now::get);
    Outcome outcome =
        call(call -> {
          upstream.add(call.key());
          elsewhere.call(context("acme", "alice"), key("1"), request("tea"), this::charge);
          return call.write(write -> order(write, "tea"));
        });
    assertThat(outcome).isEqualTo(new Outcome.Replayed(response(201, "{\"id\":1}")));
    assertThat(SHOP.orders()).isEqualTo(1);
    assertThat(upstream).hasSize(2);
    assertThat(upstream.get(0)).isEqualTo(upstream.get(1));
  }

  @Test
  void whoeverIsOvertakenAndHidesItGetsTheOtherAnswerAllTheSame() {
    var elsewhere =
        new Idempotency(SHOP.database, Configured.of(IdempotencySettings.DEFAULT), SHOP.now::get);
    Outcome outcome =
        call(call -> {
          elsewhere.call(context("acme", "alice"), key("1"), request("tea"), this::charge);
          try {
            return call.write(write -> order(write, "tea"));
          } catch (RuntimeException hidden) {
            return response(500, "");
          }
        });
    assertThat(outcome).isInstanceOf(Outcome.Replayed.class);
  }

  @Test
  void sixteenAtOnceHaveOneEffect() throws Exception {
    var start = new CyclicBarrier(16);
    var outcomes = new ArrayList<Outcome>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Outcome>>();
      for (int i = 0; i < 16; i++) {
        var process = // sixteen that do not know of each other
            new Idempotency(
                SHOP.database, Configured.of(IdempotencySettings.DEFAULT), SHOP.now::get);
        running.add(
            threads.submit(() -> {
              start.await();
              return process.call(context("acme", "alice"), key("1"), request("tea"), this::charge);
            }));
      }
      for (Future<Outcome> outcome : running) {
        outcomes.add(outcome.get());
      }
    }
    assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
    assertThat(SHOP.orders()).isEqualTo(1);
    assertThat(upstream).allMatch(upstream.getFirst()::equals);
  }

  private StoredResponse charge(Call call) {
    upstream.add(call.key());
    return call.write(write -> order(write, "tea"));
  }

  private Outcome call(Function<Call, StoredResponse> work) {
    return SHOP.idempotency.call(context("acme", "alice"), key("1"), request("tea"), work);
  }
}
