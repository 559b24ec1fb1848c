package dev.manyfactor.database;

import static dev.manyfactor.database.TestPostgres.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.config.Configured;
import dev.manyfactor.database.DatabaseUnavailableException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AvailabilityTests {
  private static final TestPostgres POSTGRES = TestPostgres.create();

  @Test
  void manyVirtualThreadsShareAFewConnections() throws Exception {
    var most = new AtomicInteger();
    var running = new AtomicInteger();
    try (var database = POSTGRES.open(small(3));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 300; i++) {
        answers.add(
            threads.submit(() ->
                database.read(
                    context("acme"),
                    read -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      boolean answer = read.sql("select 1").exists();
                      running.decrementAndGet();
                      return answer;
                    })));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }
    assertThat(most).hasValueBetween(1, 3);
  }

  @Test
  void whoFindsEveryConnectionInUseIsToldAfterTheBound() throws Exception {
    var release = new CountDownLatch(1);
    var settings = small(1).withAcquireTimeout(Duration.ofMillis(300));
    try (var database = POSTGRES.open(settings);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> holder = hold(database, threads, release);
      assertUnavailable(database, Reason.POOL_EXHAUSTED, "raise DATABASE_POOL_SIZE");
      assertThat(database.isReady()).isTrue();
      release.countDown();
      assertThat(holder.get()).isTrue();
      assertThat(works(database)).isTrue();
    }
  }

  @Test
  void theDeadlineEndsTheWaitForAConnection() throws Exception {
    var release = new CountDownLatch(1);
    try (var database = POSTGRES.open(small(1));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> holder = hold(database, threads, release);
      assertThatThrownBy(() ->
              database.read(
                  context("acme", Duration.ofMillis(200)), read -> read.sql("select 1").exists()))
          .isInstanceOfSatisfying(
              DatabaseUnavailableException.class,
              late -> assertThat(late.reason()).isEqualTo(Reason.DEADLINE_PASSED));
      release.countDown();
      assertThat(holder.get()).isTrue();
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedAndMayComeLater() throws Exception {
    int port = freePort();
    var absent = PostgresUrl.parse("postgres://app:secret@127.0.0.1:" + port + "/app");
    try (var database =
        POSTGRES.open(DatabaseSettings.of(absent).withAcquireTimeout(Duration.ofMillis(500)))) {
      assertThat(database.whyNotReady().orElseThrow()).contains("127.0.0.1:" + port);
      assertThat(database.isReady()).isFalse();
      assertUnavailable(database, Reason.NOT_CONNECTED, "127.0.0.1:" + port);
      assertUnavailable(database, Reason.NOT_CONNECTED, "refused");
    }
    assertThatThrownBy(() -> absent.connect("test"))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("postgres://app@127.0.0.1:" + port + "/app cannot be reached");
  }

  @Test
  void aFirstConnectionThatIsLostWhileItIsSetUpDoesNotSpoilTheNext() throws Exception {
    try (var proxy = new CountingProxy(TestPostgres.port())) {
      proxy.cutAt("TRANSACTION ISOLATION LEVEL");
      try (var database =
          POSTGRES.open(
              DatabaseSettings.of(through(proxy)).withAcquireTimeout(Duration.ofSeconds(2)))) {
        for (int looks = 0; looks < 10 && !database.isReady(); looks++) {
          Thread.sleep(50);
        }
        assertThat(proxy.hasCut()).isTrue();
        assertThat(database.whyNotReady()).isEmpty();
        assertThat(works(database)).isTrue();
      }
    }
  }

  @Test
  void aLostConnectionFailsOneTransactionAndNotTheNext() throws Exception {
    try (var proxy = new CountingProxy(TestPostgres.port());
        var database =
            POSTGRES.open(
                new DatabaseSettings(
                    through(proxy),
                    java.util.Optional.empty(),
                    2,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2)))) {
      holdTwoConnectionsAtOnce(database);
      assertThatThrownBy(() ->
              database.write(
                  context("acme"),
                  write -> {
                    write.sql("select 1").exists();
                    cut(proxy);
                    return write.sql("select 1").exists();
                  }))
          .isInstanceOfSatisfying(
              DatabaseUnavailableException.class,
              lost -> assertThat(lost.reason()).isEqualTo(Reason.CONNECTION_LOST));
      assertThat(works(database)).isTrue();
    }
  }

  @Test
  void whoAsksAServerThatHangsIsToldAtTheDeadlineAndTheNextOneIsServed() throws Exception {
    try (var proxy = new CountingProxy(TestPostgres.port());
        var database = POSTGRES.open(DatabaseSettings.of(through(proxy)).withPoolSize(1))) {
      proxy.hangAt("'hangs'");
      assertThatThrownBy(() ->
              database.read(
                  context("acme", Duration.ofMillis(300)),
                  read -> read.sql("select 'hangs'").exists()))
          .isInstanceOfSatisfying(
              DatabaseUnavailableException.class,
              late -> assertThat(late.reason()).isEqualTo(Reason.DEADLINE_PASSED));
      assertThat(works(database)).isTrue();
    }
  }

  @Test
  void anAnswerIsAwaitedHardlyLongerThanTheDeadline() throws Exception {
    Duration left = Duration.ofSeconds(20);
    try (var database = POSTGRES.open()) {
      int bound =
          database.write(
              context("acme", left),
              write -> {
                assertThat(write.sql("select 1").exists()).isTrue();
                try {
                  return write.connection().getNetworkTimeout();
                } catch (SQLException refused) {
                  throw new IllegalStateException(refused);
                }
              });
      assertThat(bound).isLessThanOrEqualTo(Math.toIntExact(left.toMillis()) + 500);
    }
  }

  /// So that the pool has an idle connection when the other one breaks.
  private static void holdTwoConnectionsAtOnce(Database database) throws Exception {
    var both = new CyclicBarrier(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> holding =
          List.of(
              threads.submit(() -> database.read(context("acme"), read -> meet(both))),
              threads.submit(() -> database.read(context("acme"), read -> meet(both))));
      for (Future<Integer> each : holding) {
        each.get();
      }
    }
  }

  private static int meet(CyclicBarrier barrier) {
    try {
      return barrier.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new IllegalStateException(alone);
    }
  }

  @Test
  void aConnectionThatIsLostDuringTheCommitLeavesTheOutcomeUnknown() {
    POSTGRES.execute(
        "create table doomed (id int)",
        "grant insert on doomed to app",
        "create function die() returns trigger language plpgsql as"
            + " $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$",
        "create constraint trigger die after insert on doomed deferrable initially deferred"
            + " for each row execute function die()");
    try (var database = POSTGRES.open()) {
      assertThatThrownBy(() ->
              database.write(
                  context("acme"), write -> write.update("insert into doomed values (1)")))
          .isInstanceOf(CommitUnknownException.class)
          .hasMessageContaining("look again before repeating");
      assertThat(works(database)).isTrue();
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUpAtTheDeadline() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var url = PostgresUrl.parse("postgres://app@127.0.0.1:" + silent.getLocalPort() + "/app");
      try (var database = POSTGRES.open(DatabaseSettings.of(url))) {
        assertThatThrownBy(() ->
                database.read(
                    context("acme", Duration.ofMillis(300)), read -> read.sql("select 1").exists()))
            .isInstanceOfSatisfying(
                DatabaseUnavailableException.class,
                late -> assertThat(late.reason()).isEqualTo(Reason.DEADLINE_PASSED));
      }
    }
  }

  @Test
  void whoeverServesMustBeBoundByRowLevelSecurity() {
    assertThat(problemsAs(POSTGRES.app())).isEmpty();
    assertThat(problemsAs(POSTGRES.superuser()))
        .singleElement()
        .asString()
        .contains("the role postgres of DATABASE_URL is a superuser", "create role app");
    POSTGRES.ask("select set_config('x.y', '', false)");
    POSTGRES.superuserExecute("create role sneaky login nosuperuser bypassrls");
    assertThat(problemsAs(PostgresUrl.parse(POSTGRES.app().toString().replace("app@", "sneaky@"))))
        .singleElement()
        .asString()
        .contains("may bypass row-level security; run: alter role sneaky nobypassrls");
  }

  @Test
  void everySessionIsInUtcAndCommitsDurably() {
    try (var database = POSTGRES.open()) {
      String session =
          database.read(
              context("acme"),
              read ->
                  read.sql(
                          "select current_setting('TimeZone') || ' ' ||"
                              + " current_setting('synchronous_commit') || ' ' ||"
                              + " current_setting('client_connection_check_interval') as value")
                      .one(row -> row.text("value")));
      assertThat(session).isEqualTo("UTC on 500ms");
    }
  }

  @Test
  void aHandleThatIsNotOpenSaysSo() {
    try (var database = Database.of(Configured.of(DatabaseSettings.of(POSTGRES.app())))) {
      assertThatThrownBy(() -> works(database))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not open yet");
      assertThat(database.isReady()).isFalse();
    }
  }

  private static List<String> problemsAs(PostgresUrl url) {
    try (var database = POSTGRES.open(DatabaseSettings.of(url))) {
      return database.problems();
    }
  }

  private static Future<Boolean> hold(
      Database database, java.util.concurrent.ExecutorService threads, CountDownLatch release)
      throws InterruptedException {
    var held = new CountDownLatch(1);
    Future<Boolean> holder =
        threads.submit(() ->
            database.read(
                context("acme"),
                read -> {
                  held.countDown();
                  return await(release);
                }));
    assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
    return holder;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }

  private static void assertUnavailable(Database database, Reason reason, String message) {
    assertThatThrownBy(() -> works(database))
        .isInstanceOfSatisfying(
            DatabaseUnavailableException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason))
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  private static boolean works(Database database) {
    return database.read(context("acme"), read -> read.sql("select 1").exists());
  }

  private static DatabaseSettings small(int connections) {
    return DatabaseSettings.of(POSTGRES.app()).withPoolSize(connections);
  }

  private static PostgresUrl through(CountingProxy proxy) {
    return PostgresUrl.parse(
        POSTGRES.app().toString().replace(":" + TestPostgres.port(), ":" + proxy.port()));
  }

  private static void cut(CountingProxy proxy) {
    try {
      proxy.cut();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
