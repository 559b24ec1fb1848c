package dev.manyfactor.idempotency;

import static dev.manyfactor.idempotency.Shop.context;
import static dev.manyfactor.idempotency.Shop.key;
import static dev.manyfactor.idempotency.Shop.request;
import static dev.manyfactor.idempotency.Shop.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.spi.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every order in which the statements of two or three requests under one key can run, with the
/// statements of this module, each on a real session. In each order there is one effect; three
/// mutants show that the orders would tell.
@Timeout(60)
class InterleavingTests {
  private static final Shop SHOP = new Shop();
  private static final Entry ENTRY = Entry.of(context("acme", "alice"), key("1"), request("tea"));
  private static final List<Statement> OPENING = ResponseStore.opening(ENTRY).statements();
  private static final Duplicate.Sql OURS =
      new Duplicate.Sql(
          OPENING.get(0),
          OPENING.subList(1, 2),
          List.of(ResponseStore.addition(ENTRY, response(201, "{}"))));

  /// Waits for the lock and looks in one statement, whose snapshot is older than the lock.
  private static final Duplicate.Sql LOOKS_IN_THE_LOCKS_STATEMENT =
      new Duplicate.Sql(
          new Statement(
              "select pg_advisory_xact_lock(?) is not null as free, ("
                  + OPENING.get(1).sql()
                  + ") as same",
              Stream.of(OPENING.get(0), OPENING.get(1))
                  .flatMap(statement -> statement.parameters().stream())
                  .toList()),
          List.of(),
          OURS.add());

  private static final List<Consumer<Duplicate>> WRITE =
      List.of(Duplicate::lock, Duplicate::look, Duplicate::work, Duplicate::commit);
  private static final List<Consumer<Duplicate>> SHORT_WRITE =
      List.of(Duplicate::lock, Duplicate::look, together(Duplicate::work, Duplicate::commit));
  private static final List<Consumer<Duplicate>> CALL =
      List.of(
          together(Duplicate::lock, together(Duplicate::look, Duplicate::letGo)),
          Duplicate::lock,
          Duplicate::look,
          together(Duplicate::work, Duplicate::commit));

  @AfterEach
  void empty() {
    SHOP.empty();
  }

  @AfterAll
  static void close() {
    SHOP.close();
  }

  private static <T> Consumer<T> together(Consumer<T> first, Consumer<T> second) {
    return first.andThen(second);
  }

  @Test
  void twoRequestsHaveOneEffectInEveryOrder() {
    assertThat(run(OURS, List.of(WRITE, WRITE))).hasSize(70).allMatch(Ending::isRight);
  }

  @Test
  void threeRequestsHaveOneEffectInEveryOrder() {
    assertThat(run(OURS, List.of(SHORT_WRITE, SHORT_WRITE, SHORT_WRITE)))
        .hasSize(1680)
        .allMatch(Ending::isRight);
  }

  @Test
  void twoCallsHaveOneEffectInEveryOrder() {
    assertThat(run(OURS, List.of(CALL, CALL))).hasSize(70).allMatch(Ending::isRight);
  }

  @Test
  void ordersTellWhenNothingIsKept() {
    var forgetful = new Duplicate.Sql(OURS.lock(), OURS.look(), List.of());
    assertThat(run(forgetful, List.of(WRITE, WRITE))).anyMatch(ending -> ending.effects() == 2);
  }

  @Test
  void ordersTellWhenTheLookIsInTheLocksStatement() {
    SHOP.postgres.execute("alter table manyfactor.idempotency drop constraint idempotency_pkey");
    try {
      assertThat(run(LOOKS_IN_THE_LOCKS_STATEMENT, List.of(WRITE, WRITE)))
          .anyMatch(ending -> ending.effects() == 2);
    } finally {
      SHOP.empty();
      SHOP.postgres.execute(
          "alter table manyfactor.idempotency add primary key (scope, key, slot)");
    }
  }

  @Test
  void primaryKeyStandsBehindTheLock() {
    List<Ending> endings = run(LOOKS_IN_THE_LOCKS_STATEMENT, List.of(WRITE, WRITE));
    assertThat(endings).allMatch(ending -> ending.effects() == 1);
    assertThat(endings).anyMatch(ending -> ending.ends().contains(Duplicate.End.REFUSED));
  }

  /// What came of one order.
  private record Ending(List<Integer> order, int effects, int answers, List<Duplicate.End> ends) {
    boolean isRight() {
      return effects == 1
          && answers == 1
          && ends.stream().filter(Duplicate.End.DONE::equals).count() == 1
          && !ends.contains(Duplicate.End.REFUSED);
    }
  }

  private static List<Ending> run(Duplicate.Sql sql, List<List<Consumer<Duplicate>>> scripts) {
    var duplicates = scripts.stream().map(_ -> new Duplicate(SHOP, sql)).toList();
    try {
      var endings = new ArrayList<Ending>();
      int[] steps = scripts.stream().mapToInt(List::size).toArray();
      for (List<Integer> order : Interleavings.of(steps)) {
        endings.add(run(order, duplicates, scripts));
      }
      return endings;
    } finally {
      duplicates.forEach(Duplicate::close);
    }
  }

  private static Ending run(
      List<Integer> order, List<Duplicate> duplicates, List<List<Consumer<Duplicate>>> scripts) {
    var next = new int[scripts.size()];
    duplicates.forEach(Duplicate::reset);
    for (int turn : order) {
      scripts.get(turn).get(next[turn]++).accept(duplicates.get(turn));
    }
    List<Duplicate.End> ends = duplicates.stream().map(Duplicate::end).toList();
    int[] taken = duplicates.getFirst().taken();
    return new Ending(order, taken[0], taken[1], ends);
  }
}
