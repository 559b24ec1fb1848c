package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.manyfactor.formation.FormationSettings.Data;
import dev.manyfactor.formation.FormationSettings.Shape;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the databases of a formation are: `--fresh` and `--database`.
class DataTests {
  private static final String WORKER =
      "processes: {worker: {readiness: none, command: 'echo \"$DATABASE_URL\"; exec sleep 606'}}\n";

  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void set() {
    stage = Stage.in(folder);
  }

  @Test
  void aFreshStartRemovesDatabasesAndKeysOfTheFolderAndNothingElse() throws Exception {
    Path service = service("plain", 18, "  - {name: identity, kind: oidc}\n");
    run(service, Data.KEPT, url -> Sql.execute(owner(service, url), "create table t (id int)"));
    Path state = service.resolve(".manyfactor");
    String key = Files.readString(state.resolve("issuer.json"));
    Path outside = Files.writeString(folder.resolve("outside.txt"), "stays");
    Files.createSymbolicLink(state.resolve("postgres-18/data/link"), folder);
    Files.writeString(state.resolve("build-plain.log"), "stays too");

    run(
        service,
        new Data(true, Optional.empty()),
        url -> Sql.execute(owner(service, url), "create table t (id int)"));
    assertThat(stage.events)
        .contains(
            new Event.Noted(
                "plain", "--fresh removed .manyfactor/issuer.json, .manyfactor/postgres-18"));
    assertThat(outside).hasContent("stays");
    assertThat(state.resolve("build-plain.log")).hasContent("stays too");
    assertThat(state.resolve("issuer.json")).content().isNotEqualTo(key);
    assertThat(state.resolve("removing-postgres-18")).doesNotExist();
  }

  @Test
  void nothingIsRemovedThroughALinkNorUnderARunningFormationNorBeforeAStartThatMustFail()
      throws Exception {
    Path outside = folder.resolve("elsewhere");
    Path elsewhere = Files.createDirectories(outside.resolve("postgres-18"));
    Path service = service("plain", 18, "");
    Files.createSymbolicLink(service.resolve(".manyfactor"), outside);
    assertThat(failure(service, new Data(true, Optional.empty()), 74))
        .hasMessageContaining("removes nothing through a symbolic link")
        .hasMessageContaining(outside.toString());
    Files.delete(service.resolve(".manyfactor"));
    Files.createDirectory(service.resolve(".manyfactor"));
    Files.createSymbolicLink(service.resolve(".manyfactor/postgres-18"), elsewhere);
    Path issuer = Files.writeString(service.resolve(".manyfactor/issuer.json"), "{}");
    assertThat(failure(service, new Data(true, Optional.empty()), 74))
        .hasMessageContaining(".manyfactor/postgres-18 leads to " + elsewhere);
    assertThat(issuer).exists();
    assertThat(elsewhere).exists();

    try (FormationLock _ = FormationLock.take(FormationHome.of(service))) {
      assertThat(failure(service, new Data(true, Optional.empty()), 69))
          .hasMessageContaining("a formation already runs");
    }
    stage.service("plain", "name: plain\nruntime: sh 1\nprocesses: {worker: nowhere --fast}\n");
    assertThat(failure(service, new Data(true, Optional.empty()), 69))
        .hasMessageContaining("needs the program \"nowhere\"");
    assertThat(issuer).exists();
  }

  @Test
  void aServerThatSomebodyElseRunsGetsDatabaseAndRolesAndKeepsThem() throws Exception {
    EmbeddedPostgres other = EmbeddedPostgres.shared(18);
    Data external = new Data(false, Optional.of(server(other.superuserUrl())));
    Path service = service("guest", 18, "");
    stage.shell.put("PGPASSWORD", secret(other.superuserUrl()));
    String url =
        run(
            service,
            external,
            there -> {
              Sql.execute(owner(service, there), "create table kept (id int)");
              assertThat(
                      Sql.ask(
                          there,
                          "select rolsuper::text from pg_roles where rolname = current_user"))
                  .isEqualTo("false");
              assertThat(everythingOfTheWorker(service))
                  .contains("DATABASE_URL=" + there)
                  .doesNotContain(secret(other.superuserUrl()));
              assertThatThrownBy(() -> Sql.execute(there, "create table t ()"))
                  .hasMessageContaining("permission denied");
            });
    assertThat(url).startsWith("postgres://guest:").endsWith(":" + other.port() + "/guest");
    assertThat(service.resolve(".manyfactor/postgres-18")).doesNotExist();
    String again =
        run(service, external, there -> Sql.execute(owner(service, there), "select * from kept"));
    assertThat(again).isEqualTo(url);

    // what carries our mark goes, what another folder or a person made stays
    Sql.execute(other.superuserUrl(), "create role hermit login");
    Sql.execute(other.superuserUrl(), "create database hermit owner hermit");
    Data fresh = new Data(true, external.server());
    run(
        service,
        fresh,
        there ->
            assertThatThrownBy(() -> Sql.execute(owner(service, there), "select * from kept"))
                .hasMessageContaining("does not exist"));
    assertThat(stage.events)
        .contains(new Event.Noted("guest", "--fresh removed the database guest on the server"));
    assertThat(
            Sql.ask(
                other.superuserUrl(), "select datname from pg_database where datname = 'hermit'"))
        .isEqualTo("hermit");
    Path hermit = service("hermit", 18, "");
    assertThat(failure(hermit, fresh, 69))
        .hasMessageContaining(
            "did not make: role hermit (no comment), database hermit (of hermit)");
    Path second = stage.service("second", manifest("guest", 18, ""));
    assertThat(failure(second, fresh, 69))
        .hasMessageContaining("role guest_owner (manyfactor ")
        .hasMessageContaining(service.resolve(".manyfactor").toString());
    assertThat(stage.events.toString()).doesNotContain(secret(other.superuserUrl()));
    stage.assertNothingLeft(service);
  }

  @Test
  void aRoleThatIsNoSuperuserIsEnough() throws Exception {
    EmbeddedPostgres other = EmbeddedPostgres.shared(18);
    Sql.execute(
        other.superuserUrl(),
        "create role landlord login createdb createrole password 'Pass%w@rd'");
    String landlord = "postgres://landlord:Pass%25w%40rd@127.0.0.1:" + other.port() + "/postgres";
    Path service = service("tenant", 18, "");
    Data data = new Data(false, Optional.of(server(landlord)));
    run(service, data, url -> Sql.execute(owner(service, url), "create table kept (id int)"));
    run(
        service,
        new Data(true, data.server()),
        url -> Sql.execute(owner(service, url), "create table kept (id int)"));
  }

  @Test
  void aServerThatWillNotDoIsRefusedBeforeAnythingStarts() throws Exception {
    EmbeddedPostgres other = EmbeddedPostgres.shared(18);
    Sql.execute(other.superuserUrl(), "create role lodger login password 'lodgersSecret'");
    String lodger = "postgres://lodger:lodgersSecret@127.0.0.1:" + other.port() + "/postgres";
    Path service = service("late", 16, "");
    assertThat(failure(service, new Data(false, Optional.of(server(lodger))), 69))
        .hasMessage(
            "the PostgreSQL of --database, 127.0.0.1:%d as lodger, cannot be used: it is PostgreSQL 18, but version 16 is declared; give a server of that version, or declare `version: 18`; its role lodger may not create databases and roles; run `alter role \"lodger\" createdb createrole` there, or give another role"
                .formatted(other.port()));
    String wrong = lodger.replace("lodgersSecret", "guessed");
    assertThat(failure(service, new Data(false, Optional.of(server(wrong))), 69))
        .hasMessageContaining("password authentication failed for user \"lodger\"")
        .hasMessageEndingWith("; set PGPASSWORD to the role's password, or name another role")
        .hasMessageNotContaining("guessed");
    String nobody = "postgres://lodger@127.0.0.1:" + Ports.free();
    assertThat(failure(service, new Data(false, Optional.of(server(nobody))), 69))
        .hasMessageContaining("refused")
        .hasMessageEndingWith("; start it, or correct the address");
    String silent = "postgres://lodger@127.0.0.1:" + other.port();
    assertThat(failure(service, new Data(false, Optional.of(server(silent))), 69))
        .hasMessageContaining("no password was provided; set PGPASSWORD");
    assertThat(failure(service, Data.KEPT, 69))
        .hasMessageContaining("PostgreSQL 16 is asked for, but this mf brings version 18 only")
        .hasMessageContaining("--database URL");
    assertThat(stage.events).noneMatch(Event.Started.class::isInstance);
  }

  @Test
  void whatIsWrongWithAnAddressIsSaidWithoutQuotingIt() {
    for (String wrong :
        new String[] {
          "mysql://a:hidden@b",
          "postgres://b/hidden",
          "postgres://a:hid den@b",
          "hidden",
          "postgres://a:hidden@b:0",
          "postgres://a@b?password=hidden",
          "postgres://:hidden@b"
        }) {
      assertThatThrownBy(() -> server(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("write it as postgres://")
          .hasMessageNotContaining("hidden");
    }
    DatabaseServer server =
        DatabaseServer.of("postgresql://me@[::1]/x?sslmode=require", Map.of("PGPASSWORD", "pw"));
    assertThat(server)
        .isEqualTo(
            new DatabaseServer(
                "[::1]",
                5432,
                "x",
                new DatabaseServer.Login("me", Optional.of("pw")),
                Optional.of("sslmode=require")));
    assertThat(server).hasToString("[::1]:5432 as me");
    assertThat(server.login().toString()).doesNotContain("pw");
  }

  private interface Step {
    void with(String url) throws Exception;
  }

  /// Runs a formation, does `step` with its worker's address of the database, stops.
  private String run(Path service, Data data, Step step) throws Exception {
    stage.events.clear();
    Formation formation = stage.formation(service, Shape.AS_DECLARED, data);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    String url =
        stage.awaitRunning(outcome).main().environment().getOrDefault("DATABASE_URL", "none");
    try {
      step.with(url);
    } finally {
      formation.stop();
      Stage.ended(outcome);
    }
    return url;
  }

  private FormationException failure(Path service, Data data, int exitCode) {
    Formation formation = stage.formation(service, Shape.AS_DECLARED, data);
    Throwable thrown = catchThrowable(() -> Stage.ended(stage.run(formation)));
    FormationException failure =
        (FormationException) Objects.requireNonNull(Objects.requireNonNull(thrown).getCause());
    assertThat(failure.exitCode()).as(failure.getMessage()).isEqualTo(exitCode);
    return failure;
  }

  private Path service(String name, int version, String more) throws Exception {
    return stage.service(name, manifest(name, version, more));
  }

  private static String manifest(String name, int version, String more) {
    return "name: %s\nruntime: sh 1\n%sdependencies:\n  - {name: database, kind: postgres, version: %d}\n%s"
        .formatted(name, WORKER, version, more);
  }

  private static DatabaseServer server(String url) {
    return DatabaseServer.of(url, Map.of());
  }

  /// The owner's address: what the release step would get.
  private static String owner(Path service, String url) throws Exception {
    return FormationHome.of(service)
        .state()
        .orElseThrow()
        .main()
        .releaseEnvironment()
        .getOrDefault("DATABASE_MIGRATION_URL", url);
  }

  /// Its arguments and its environment.
  private static String everythingOfTheWorker(Path service) throws Exception {
    FormationState state = FormationHome.of(service).state().orElseThrow();
    Path worker = Path.of("/proc/" + state.main().processes().getFirst().process().pid());
    return Files.readString(worker.resolve("cmdline"))
        + Files.readString(worker.resolve("environ"));
  }

  private static String secret(String url) {
    return Objects.requireNonNull(URI.create(url).getUserInfo()).split(":", 2)[1];
  }
}
