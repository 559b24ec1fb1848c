package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.faults.Deed;
import dev.manyfactor.faults.Hit;
import dev.manyfactor.faults.Moment;
import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.PostgresMessage.Kind;
import dev.manyfactor.faults.PostgresProxy;
import dev.manyfactor.faults.Sequel;
import dev.manyfactor.faults.Strike;
import dev.manyfactor.faults.Watch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The proxy for PostgreSQL of `faults`, in front of a real server: with the Java driver, which
/// sends several messages at a time, and with libpq, which does not.
@Timeout(60)
class PostgresProxyTests {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static ServiceDatabase database;
  private PostgresProxy proxy;

  @BeforeAll
  static void prepare() throws Exception {
    database = EmbeddedPostgres.shared(18).createDatabase("proxied");
    Sql.execute(database.ownerUrl(), "create table if not exists effect (name text)");
  }

  @BeforeEach
  void open() throws Exception {
    Sql.execute(database.ownerUrl(), "truncate effect");
    proxy =
        PostgresProxy.to(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), address().getPort()));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void messagesAreCountedWithTheTextTheyAreAbout() throws Exception {
    try (Connection connection = connect("reader")) {
      Watch watch = proxy.watch(_ -> true);
      try (var statement = connection.prepareStatement("select ?::int\n  + 1")) {
        statement.setInt(1, 41);
        statement.execute();
      }
      assertThat(watch.seen())
          .extracting(PostgresMessage::label)
          .containsExactly(
              "PARSE select $1::int + 1",
              "BIND select $1::int + 1",
              "DESCRIBE select $1::int + 1",
              "EXECUTE select $1::int + 1",
              "SYNC select $1::int + 1");
      assertThat(watch.seen())
          .extracting(PostgresMessage::number)
          .containsExactly(1L, 2L, 3L, 4L, 5L);
      String backend = "select pid from pg_stat_activity where application_name = 'reader'";
      assertThat(watch.seen())
          .allSatisfy(message -> {
            assertThat(message.session().application()).isEqualTo("reader");
            assertThat(message.session().backend() + "").isEqualTo(ask(backend));
          });
    }
  }

  @Test
  void aStatementThatIsPreparedOnceKeepsItsTextAndTheSameMessagesAreTold() throws Exception {
    try (Connection connection = connect("reader");
        var statement = connection.prepareStatement("select 7 as seven")) {
      Watch watch = proxy.watch(message -> message.kind() == Kind.EXECUTE);
      for (int i = 0; i < 8; i++) {
        statement.execute();
      }
      assertThat(watch.seen())
          .extracting(PostgresMessage::label)
          .containsOnly("EXECUTE select 7 as seven")
          .hasSize(8);
      assertThat(watch.seen())
          .extracting(PostgresMessage::occurrence)
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }
  }

  /// What has an effect is the COMMIT's EXECUTE, so the cells around it tell all that matters.
  @ParameterizedTest
  @EnumSource(Moment.class)
  void aCutAtTheCommitLeavesTheEffectThatTheMomentSays(Moment moment) throws Exception {
    Watch watch =
        proxy.watch(_ -> true, new Strike(PostgresProxyTests::isCommit, moment, Deed.cut()));
    assertThatThrownBy(() -> insert("cut")).isInstanceOf(SQLException.class);
    assertThat(watch.hit().map(Hit::settled)).contains(true);
    await("select count(*) from pg_stat_activity where application_name = 'writer'", "0");
    assertThat(ask("select count(*) from effect")).isEqualTo(moment == Moment.BEFORE ? "0" : "1");
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void theServerHasSettledWhenTheDeedIsDone(Moment moment) throws Exception {
    List<String> rows = new CopyOnWriteArrayList<>();
    Deed look =
        _ -> {
          rows.add(askUnchecked("select count(*) from effect"));
          return Sequel.GO_ON;
        };
    proxy.watch(_ -> true, new Strike(PostgresProxyTests::isCommit, moment, look));
    insert("seen");
    assertThat(rows).containsExactly(moment == Moment.BEFORE ? "0" : "1");
    assertThat(ask("select count(*) from effect")).isEqualTo("1");
  }

  @Test
  void whatWasSentBeforeAMessageIsCarriedOutBeforeItIsHeld() throws Exception {
    List<String> rows = new CopyOnWriteArrayList<>();
    Deed look =
        _ -> {
          rows.add(askUnchecked("select count(*) from effect"));
          return Sequel.CUT;
        };
    Predicate<PostgresMessage> last = message -> message.label().equals("SYNC commit");
    proxy.watch(_ -> true, new Strike(last, Moment.BEFORE, look));
    try (Connection connection = connect("writer");
        var statement = connection.createStatement()) {
      assertThatThrownBy(() ->
              statement.execute(
                  "begin; insert into effect values ('slow'); select pg_sleep(0.5); commit"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(rows).containsExactly("1"); // though nobody was told
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aBackendThatIsTerminatedTellsItsClient(Moment moment) throws Exception {
    Deed terminate =
        hit -> {
          askUnchecked("select pg_terminate_backend(%d, 5000)".formatted(backend(hit)));
          return moment == Moment.ANSWER_HELD ? Sequel.LOSE : Sequel.GO_ON;
        };
    proxy.watch(_ -> true, new Strike(PostgresProxyTests::isCommit, moment, terminate));
    assertThatThrownBy(() -> insert("ended")) // an answer is over with that of the SYNC
        .hasMessageContaining("terminating connection due to administrator command");
    assertThat(ask("select count(*) from effect")).isEqualTo(moment == Moment.BEFORE ? "0" : "1");
  }

  @Test
  void everyMessageOfATransactionCanBeHeldAndPassedOn() throws Exception {
    Predicate<PostgresMessage> counts = message -> message.kind() != Kind.TERMINATE;
    Watch dry = proxy.watch(counts);
    insert("dry");
    int messages = dry.seen().size();
    assertThat(messages).isGreaterThan(8);
    for (int number = 1; number <= messages; number++) {
      for (Moment moment : Moment.values()) {
        Watch watch = proxy.watch(counts, Strike.at(number, moment, Deed.delay(Duration.ZERO)));
        insert("held");
        Optional<Hit> hit = watch.awaitHit(Duration.ofSeconds(20));
        assertThat(hit.map(it -> it.message().label()))
            .contains(dry.seen().get(number - 1).label());
        assertThat(hit.map(Hit::settled)).as(number + " " + moment).contains(true);
      }
    }
    assertThat(ask("select count(*) from effect")).isEqualTo(1 + messages * 3 + "");
  }

  @Test
  void onlyTheSessionOfTheStrikeIsHeld() throws Exception {
    var release = new CompletableFuture<Sequel>();
    try (Connection held = connect("writer");
        Connection free = connect("reader")) {
      Watch watch =
          proxy.watch(
              message -> message.session().application().equals("writer"),
              Strike.at(1, Moment.BEFORE, _ -> release.join()));
      CompletableFuture<Boolean> valid = CompletableFuture.supplyAsync(() -> isValid(held));
      assertThat(watch.awaitHit(Duration.ofSeconds(20))).isPresent();
      assertThat(isValid(free)).isTrue();
      assertThat(valid).isNotDone();
      release.complete(Sequel.GO_ON);
      assertThat(valid.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anErrorOfTheServerIsAnAnswer() throws Exception {
    try (Connection connection = connect("reader");
        var statement = connection.createStatement()) {
      Watch watch =
          proxy.watch(
              message -> message.kind() == Kind.EXECUTE,
              Strike.at(1, Moment.AFTER, Deed.delay(Duration.ZERO)));
      assertThatThrownBy(() -> statement.execute("select 1 / 0"))
          .hasMessageContaining("division by zero");
      assertThat(watch.hit().map(Hit::settled)).contains(true);
      assertThat(isValid(connection)).isTrue();
    }
  }

  @Test
  void largeMessagesAndCancellationsGoThroughUnchanged() throws Exception {
    String large = "x".repeat(3_000_000);
    try (Connection connection = connect("writer");
        var statement = connection.prepareStatement("select ?::text")) {
      statement.setString(1, large);
      var rows = statement.executeQuery();
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(large);
      try (var slow = connection.createStatement()) {
        slow.setQueryTimeout(1);
        assertThatThrownBy(() -> slow.execute("select pg_sleep(30)"))
            .hasMessageContaining("canceling statement");
      }
      assertThat(isValid(connection)).isTrue();
    }
  }

  @Test
  @EnabledIf("hasLibpq")
  void aClientOfLibpqIsUnderstood() throws Exception {
    Watch watch =
        proxy.watch(
            message -> message.session().application().equals("snake"),
            new Strike(
                message -> message.label().equals("QUERY COMMIT"), Moment.ANSWER_HELD, Deed.cut()));
    URI address = address();
    String program =
        """
        import io, psycopg2, sys
        connection = psycopg2.connect(sys.argv[1], application_name="snake")
        connection.cursor().copy_expert("copy effect from stdin", io.StringIO("line\\n" * 20000))
        connection.rollback()
        connection.cursor().execute("insert into effect values (%s)", ("python",))
        try:
            connection.commit()
        except psycopg2.OperationalError as lost:
            print("lost")
        """;
    Process python =
        new ProcessBuilder(
                PYTHON.toString(),
                "-c",
                program,
                "postgres://%s@127.0.0.1:%d%s"
                    .formatted(address.getRawUserInfo(), proxy.port(), address.getPath()))
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.strip()).isEqualTo("lost");
    assertThat(watch.seen())
        .extracting(PostgresMessage::label)
        .endsWith("QUERY BEGIN", "QUERY insert into effect values (?)", "QUERY COMMIT");
    assertThat(ask("select name from effect")).isEqualTo("python");
  }

  static boolean hasLibpq() throws Exception {
    return Files.exists(PYTHON)
        && new ProcessBuilder(PYTHON.toString(), "-c", "import psycopg2").start().waitFor() == 0;
  }

  private static boolean isCommit(PostgresMessage message) {
    return message.label().equals("EXECUTE COMMIT");
  }

  private static int backend(Hit hit) {
    return hit.message().session().backend();
  }

  private void insert(String name) throws SQLException {
    try (Connection connection = connect("writer")) {
      connection.setAutoCommit(false);
      try (var statement = connection.prepareStatement("insert into effect values (?)")) {
        statement.setString(1, name);
        statement.execute();
      }
      connection.commit();
    }
  }

  private static boolean isValid(Connection connection) {
    try {
      return connection.isValid(20);
    } catch (SQLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Connection connect(String application) throws SQLException {
    String[] user = Objects.requireNonNull(address().getUserInfo()).split(":", 2);
    var properties = new Properties();
    properties.setProperty("user", user[0]);
    properties.setProperty("password", user[1]);
    properties.setProperty("ApplicationName", application);
    properties.setProperty("assumeMinServerVersion", "9.0"); // the name travels with the login
    properties.setProperty("socketTimeout", "30");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + proxy.port() + address().getPath(), properties);
  }

  private static URI address() {
    return URI.create(database.ownerUrl());
  }

  private static String ask(String sql) throws SQLException {
    return Sql.ask(database.ownerUrl(), sql);
  }

  private static String askUnchecked(String sql) {
    try {
      return ask(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void await(String sql, String wanted) throws Exception {
    for (int i = 0; i < 2_000 && !ask(sql).equals(wanted); i++) {
      Thread.sleep(10);
    }
    assertThat(ask(sql)).isEqualTo(wanted);
  }
}
