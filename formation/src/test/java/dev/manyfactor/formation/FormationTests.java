package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormationTests {
  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void set() {
    stage = Stage.in(folder);
  }

  @Test
  void aWholeFormationStartsInOrderServesAndStopsInTheOppositeOrder() throws Exception {
    stage.service(
        "cards",
        """
        name: cards
        runtime: java 25
        processes: {web: <web>}
        tasks: {migrate: <migrate>}
        release: migrate
        dependencies:
          - {name: database, kind: postgres, version: 18}
          - {name: identity, kind: oidc}
        """);
    int port = Ports.free();
    Path payments =
        stage.service(
            "payments",
            """
            name: payments
            runtime: java 25
            processes:
              worker: <worker>
              web: {port: PORT, command: <web>}
              scheduler: <scheduler>
            tasks: {migrate: <migrate>}
            release: migrate
            dependencies:
              - {name: database, kind: postgres, version: 18}
              - {name: cards, kind: service, path: ../cards, scope: charges:write}
              - {name: identity, kind: oidc}
            """
                .replace("PORT", String.valueOf(port)));
    Formation formation = stage.formation(payments);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    FormationState state = stage.awaitRunning(outcome);

    assertThat(state.main().address()).contains(URI.create("http://127.0.0.1:" + port));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(payments.resolve(".manyfactor/formation.json"))))
        .isEqualTo("rw-------");
    assertThat(RunningFormations.ofUser().find(Optional.of(payments), folder).id())
        .isEqualTo(state.id());
    URI web = state.main().address().orElseThrow();
    assertThat(Stage.get(web.resolve("/"))).isEqualTo("hello from payments.web");
    assertThat(Stage.get(web.resolve("/DATABASE_URL")))
        .startsWith("postgres://payments:")
        .endsWith("/payments");
    assertThat(Stage.get(web.resolve("/DATABASE_MIGRATION_URL"))).startsWith("hello");
    assertThat(Stage.get(web.resolve("/OIDC_ISSUER")))
        .isEqualTo(state.issuer().orElseThrow().url().toString());
    assertThat(Stage.get(web.resolve("/OIDC_AUDIENCE"))).isEqualTo("payments");
    assertThat(Stage.get(web.resolve("/CARDS_CLIENT_ID"))).isEqualTo("payments.cards");
    assertThat(Stage.get(web.resolve("/CARDS_AUDIENCE"))).isEqualTo("cards");
    assertThat(Stage.get(web.resolve("/CARDS_SCOPE"))).isEqualTo("charges:write");
    assertThat(Stage.get(web.resolve("/DEPLOYMENT"))).isEqualTo("dev");
    assertThat(Stage.get(web.resolve("/DRAIN_DELAY"))).isEqualTo("0s");
    assertThat(Stage.get(web.resolve("/RESPONSE_CHECK"))).isEqualTo("true");
    assertThat(Stage.get(web.resolve("/HOST"))).isEqualTo("127.0.0.1");
    assertThat(Stage.get(URI.create(Stage.get(web.resolve("/CARDS_URL")))))
        .isEqualTo("hello from cards.web");

    formation.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.STOPPED);
    assertThat(stage.diary().stream().map(line -> line.replaceFirst(" started \\d+", " started")))
        .containsSubsequence("cards.migrate ran", "cards.web started", "payments.web started")
        .containsSubsequence("payments.migrate ran", "cards.web started")
        .endsWith(
            "payments.web stopped",
            "payments.scheduler stopped",
            "payments.worker stopped",
            "cards.web stopped");
    assertThat(stage.events)
        .contains(new Event.Logged("payments.migrate", "migrated with the owner"))
        .endsWith(
            new Event.Stopped("cards.web", true),
            new Event.Stopped("OIDC issuer", true),
            new Event.Stopped("PostgreSQL 18", true));
    stage.assertNothingLeft(payments);
  }

  @Test
  void aProcessThatIsKilledIsStartedAgainInItsPlace() throws Exception {
    Path service = plain("processes: {worker: <worker>, web: {port: 1, command: <web>}}");
    Formation formation = stage.formation(service, OptionalInt.of(Ports.free()));
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    FormationState before = stage.awaitRunning(outcome);
    for (FormationState.ProcessState process : before.main().processes()) {
      ProcessHandle.of(process.process().pid()).orElseThrow().destroyForcibly();
      Stage.await(
          process.name() + " to be ready again",
          () -> stage.readiness(process.name()) == 2 || outcome.isDone());
    }
    assertThat(stage.events(Event.Ended.class))
        .extracting(Event.Ended::process, Event.Ended::exitCode, Event.Ended::attempt)
        .containsExactly(tuple("plain.worker", 137, 1), tuple("plain.web", 137, 1));
    assertThat(stage.events(Event.Ended.class))
        .allMatch(ended -> ended.startsIn().compareTo(Duration.ofMillis(100)) <= 0);
    FormationState after = FormationHome.of(service).state().orElseThrow();
    for (int at = 0; at < 2; at++) {
      var former = before.main().processes().get(at);
      var now = after.main().processes().get(at);
      assertThat(now.process().isAlive()).isTrue();
      assertThat(now.process()).isNotEqualTo(former.process());
      assertThat(now.address()).isEqualTo(former.address());
      assertThat(now.management()).isEqualTo(former.management());
    }
    assertThat(Stage.get(after.main().address().orElseThrow())).isEqualTo("hello from plain.web");
    formation.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.STOPPED);
    stage.assertNothingLeft(service);
  }

  @Test
  void aProcessThatEndsAgainAndAgainStopsTheFormationWithItsNameAndLastWords() throws Exception {
    stage.patience = hasty(3, 1);
    Path service = plain("processes: {worker: <worker crash>, scheduler: <scheduler>}");
    CompletableFuture<Formation.Outcome> outcome = stage.run(stage.formation(service));
    stage.awaitRunning(outcome);
    Files.createFile(folder.resolve("crash"));
    FormationException failure = failureOf(outcome, 70);
    assertThat(failure)
        .hasMessage(
            "plain.worker ended with exit code 3 after 3 restarts in a row, none of which lasted 10 s;"
                + " the formation stops; what it wrote last is below");
    assertThat(failure.evidence()).endsWith("crashing");
    assertThat(stage.events(Event.Ended.class))
        .extracting(Event.Ended::attempt)
        .containsExactly(1, 2, 3);
    assertThat(stage.diary()).contains("plain.scheduler stopped");
    stage.assertNothingLeft(service);
  }

  @Test
  void aProcessThatFindsItsEnvironmentWrongIsStartedAgainLessOften() throws Exception {
    stage.patience = hasty(9, 1);
    Path service =
        plain(
            "processes: {worker: {readiness: none, command: 'test ! -e %s || exit 78; sleep 605'}}"
                .formatted(folder.resolve("wrong")));
    CompletableFuture<Formation.Outcome> outcome = stage.run(stage.formation(service));
    FormationState state = stage.awaitRunning(outcome);
    Files.createFile(folder.resolve("wrong"));
    ProcessHandle.of(state.main().processes().getFirst().process().pid())
        .orElseThrow()
        .destroyForcibly();
    assertThat(failureOf(outcome, 78))
        .hasMessageContaining("plain.worker ended with exit code 78 after 1 restart");
    stage.assertNothingLeft(service);
  }

  private static FormationSettings.Patience hasty(int restarts, int restartsAfterConfig) {
    var usual = FormationSettings.Patience.DEFAULT;
    return new FormationSettings.Patience(
        usual.build(),
        usual.release(),
        usual.ready(),
        usual.stop(),
        new Restarts(
            Duration.ofMillis(1),
            Duration.ofMillis(4),
            Duration.ofSeconds(10),
            restarts,
            restartsAfterConfig));
  }

  @Test
  void aProcessThatFailsAtItsStartPassesItsExitCodeAndWordsOn() throws Exception {
    Path service =
        plain(
            "processes: {web: {port: %d, command: <fail 78 three mistakes>}, worker: <worker>}"
                .formatted(Ports.free()));
    FormationException failure = failureOf(stage.run(stage.formation(service)), 78);
    assertThat(failure)
        .hasMessageContaining("plain.web ended with exit code 78 before it was ready");
    assertThat(failure.evidence()).containsExactly("cannot go on: 78 three mistakes");
    stage.assertNothingLeft(service);
  }

  @Test
  void aProcessThatIsNeverReadyIsNamedWithItsReason() throws Exception {
    stage.patience =
        new FormationSettings.Patience(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Restarts.DEFAULT);
    Path service = plain("processes: {worker: <worker never-ready>}");
    FormationException failure = failureOf(stage.run(stage.formation(service)), 69);
    assertThat(failure)
        .hasMessageContaining("plain.worker is not ready after 3 s")
        .hasMessageContaining("answers 503 the moon is not full");
    assertThat(stage.events).anyMatch(Event.Awaiting.class::isInstance);
    stage.assertNothingLeft(service);
  }

  @Test
  void aFailingReleaseStepStopsTheStart() throws Exception {
    Path service =
        plain("processes: {worker: <worker>}\ntasks: {migrate: <fail 1>}\nrelease: migrate");
    FormationException failure = failureOf(stage.run(stage.formation(service)), 70);
    assertThat(failure).hasMessageContaining("the release step of plain failed with exit code 1");
    assertThat(failure.evidence()).containsExactly("cannot go on: 1");
    assertThat(stage.diary()).isEmpty();
    stage.assertNothingLeft(service);
  }

  @Test
  void whatIsWrongWithSeveralServicesIsSaidAtOnce() throws Exception {
    stage.service(
        "cards",
        "name: cards\nruntime: java 25\nprocesses: {web: <web>}\ntasks: {migrate: <fail 69>}\nrelease: migrate\n");
    Path service =
        plain(
            "processes: {worker: <worker>}\ntasks: {migrate: <fail 78>}\nrelease: migrate\n"
                + "dependencies: [{name: cards, kind: service, path: ../cards}]");
    FormationException failure = failureOf(stage.run(stage.formation(service)), 78);
    assertThat(failure).hasMessageContaining("the release step of plain failed with exit code 78");
    assertThat(failure.evidence())
        .contains("cannot go on: 78", "cannot go on: 69")
        .anyMatch(line -> line.contains("and the release step of cards failed with exit code 69"));
    assertThat(stage.diary()).isEmpty();
    stage.assertNothingLeft(service);
  }

  @Test
  void aFailingDependencyStopsTheStart() throws Exception {
    stage.service("cards", "name: cards\nruntime: java 25\nprocesses: {web: <fail 69>}\n");
    Path service =
        plain(
            "processes: {worker: <worker>}\ndependencies: [{name: cards, kind: service, path: ../cards}]");
    assertThat(failureOf(stage.run(stage.formation(service)), 69))
        .hasMessageContaining("cards.web ended with exit code 69");
    assertThat(stage.diary()).isEmpty();
    stage.assertNothingLeft(service);
  }

  @Test
  void aBusyPortNamesItsHolderAndTheRemedyBeforeAnythingStarts() throws Exception {
    try (ServerSocket busy =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      Path service =
          plain("processes: {web: {port: %d, command: <web>}}".formatted(busy.getLocalPort()));
      assertThat(failureOf(stage.run(stage.formation(service)), 69))
          .hasMessageContaining(
              "port %d, which plain.web needs, is in use by process %d"
                  .formatted(busy.getLocalPort(), ProcessHandle.current().pid()))
          .hasMessageContaining("mf up --port N");
      stage.assertNothingLeft(service);
    }
  }

  @Test
  void aSecondFormationInTheSameDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
    Path service = plain("processes: {worker: <worker>}");
    Formation first = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(first);
    stage.awaitRunning(outcome);
    assertThat(failureOf(stage.run(stage.formation(service)), 69))
        .hasMessageContaining(
            "a formation already runs in %s (process %d)"
                .formatted(service, ProcessHandle.current().pid()))
        .hasMessageContaining("kill");
    assertThat(outcome).isNotDone();
    first.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.STOPPED);
    stage.assertNothingLeft(service);
  }

  @Test
  void aFailingBuildShowsTheEndOfItsOutputAndWhereTheRestIs() throws Exception {
    Path service =
        plain(
            "processes: {worker: <worker>}\nbuild: {command: 'echo compiling; echo line 3 is wrong; exit 1', artifact: made.txt}");
    FormationException failure = failureOf(stage.run(stage.formation(service)), 70);
    assertThat(failure)
        .hasMessageContaining("the build of plain failed with exit code 1")
        .hasMessageContaining(service.resolve(".manyfactor/build-plain.log").toString());
    assertThat(failure.evidence()).containsExactly("compiling", "line 3 is wrong");
    assertThat(Files.readAllLines(service.resolve(".manyfactor/build-plain.log")))
        .containsExactly("compiling", "line 3 is wrong");
    stage.assertNothingLeft(service);
  }

  @Test
  void aBuildThatMakesNoArtifactIsAnError() throws Exception {
    Path service =
        plain("processes: {worker: <worker>}\nbuild: {command: 'true', artifact: made.txt}");
    assertThat(failureOf(stage.run(stage.formation(service)), 70))
        .hasMessageContaining("ended well, but there is no " + service.resolve("made.txt"));
    stage.assertNothingLeft(service);
  }

  @Test
  void aStateFolderThatCannotBeWrittenIsAnError() throws Exception {
    Path service = plain("processes: {worker: <worker>}");
    Files.writeString(service.resolve(".manyfactor"), "a file where a folder should be");
    assertThat(failureOf(stage.run(stage.formation(service)), 74))
        .hasMessageContaining("cannot write " + service.resolve(".manyfactor"));
    assertThat(stage.diary()).isEmpty();
  }

  @Test
  void stoppingDuringTheStartEndsWhatHasStarted() throws Exception {
    Path service = plain("processes: {worker: <worker never-ready>}");
    Formation formation = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    Stage.await("the worker", () -> stage.events.contains(new Event.Started("plain.worker")));
    formation.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.CALLED_OFF);
    stage.assertNothingLeft(service);
  }

  @Test
  void stoppingDuringABuildEndsTheBuild() throws Exception {
    Path service =
        plain(
            "processes: {worker: <worker>}\nbuild: {command: 'echo $$ started; sleep 600; true', artifact: made.txt}");
    Formation formation = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    Stage.await("the build", () -> buildPid() > 0);
    long pid = buildPid();
    formation.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.CALLED_OFF);
    Stage.await("the build to end", () -> ProcessHandle.of(pid).isEmpty());
    stage.assertNothingLeft(service);
  }

  @Test
  void stoppingWhilePostgresIsMadeEndsThatAndIsNoFailure() throws Exception {
    Path service =
        plain(
            "processes: {worker: <worker>}\ndependencies: [{name: database, kind: postgres, version: 18}]");
    Path draft = service.resolve(".manyfactor/postgres-18/data.draft");
    Formation formation = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    Stage.await("initdb", () -> Files.exists(draft.resolve("base")));
    formation.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.CALLED_OFF);
    assertThat(
            ProcessHandle.allProcesses()
                .filter(
                    process -> process.info().commandLine().orElse("").contains(draft.toString())))
        .isEmpty();
    assertThat(draft).doesNotExist();
    stage.assertNothingLeft(service);
  }

  private long buildPid() {
    return stage.events.stream()
        .filter(Event.BuildOutput.class::isInstance)
        .map(event -> ((Event.BuildOutput) event).line().replace(" started", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  @Test
  void aProcessThatDoesNotEndIsKilledAfterItsBound() throws Exception {
    stage.patience =
        new FormationSettings.Patience(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Restarts.DEFAULT);
    Path service = plain("processes: {worker: <worker stubborn>}");
    Formation formation = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    stage.awaitRunning(outcome);
    formation.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.STOPPED);
    assertThat(stage.events).contains(new Event.Stopped("plain.worker", false));
    stage.assertNothingLeft(service);
  }

  @Test
  void killEndsEverythingAtOnce() throws Exception {
    Path service = plain("processes: {worker: <worker stubborn>, scheduler: <scheduler stubborn>}");
    Formation formation = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    stage.awaitRunning(outcome);
    formation.stop();
    Stage.await(
        "the worker to refuse",
        () -> stage.events.contains(new Event.Logged("plain.scheduler", "not yet")));
    formation.kill();
    Stage.ended(outcome);
    assertThat(stage.events).contains(new Event.Stopped("plain.scheduler", false));
    stage.assertNothingLeft(service);
  }

  @Test
  void aProcessStartedThroughAShellEndsWithAllItHasStarted() throws Exception {
    Path service =
        plain(
            "processes: {worker: 'sleep 601 & echo $! started; wait', scheduler: <scheduler>}"
                .replace("worker: '", "worker: {readiness: none, command: '")
                .replace("wait',", "wait'},"));
    Formation formation = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    stage.awaitRunning(outcome);
    Stage.await("the sleeper", () -> sleeper() > 0);
    long pid = sleeper();
    formation.stop();
    Stage.ended(outcome);
    Stage.await("the sleeper to end", () -> ProcessHandle.of(pid).isEmpty());
  }

  private long sleeper() {
    return stage.events.stream()
        .filter(event -> event instanceof Event.Logged logged && logged.line().endsWith(" started"))
        .mapToLong(event -> Long.parseLong(((Event.Logged) event).line().replace(" started", "")))
        .findFirst()
        .orElse(0);
  }

  @Test
  void anAddressInTheShellDoesNotReachAServiceButASettingDoes() throws Exception {
    stage.shell.put("DATABASE_URL", "postgres://production");
    stage.shell.put("LOG_LEVEL", "debug");
    stage.shell.put("FIXTURE", "renamed");
    Path service = plain("processes: {web: {port: %d, command: <web>}}".formatted(Ports.free()));
    Formation formation = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    URI web = stage.awaitRunning(outcome).main().address().orElseThrow();
    assertThat(Stage.get(web.resolve("/DATABASE_URL"))).isEqualTo("hello from renamed.web");
    assertThat(Stage.get(web.resolve("/LOG_LEVEL"))).isEqualTo("debug");
    formation.stop();
    Stage.ended(outcome);
  }

  private Path plain(String more) throws Exception {
    return stage.service("plain", "name: plain\nruntime: java 25\n" + more + "\n");
  }

  private static FormationException failureOf(
      CompletableFuture<Formation.Outcome> outcome, int exitCode) {
    Throwable thrown = catchThrowable(() -> Stage.ended(outcome));
    assertThat(thrown).hasCauseInstanceOf(FormationException.class);
    FormationException failure =
        (FormationException) Objects.requireNonNull(Objects.requireNonNull(thrown).getCause());
    assertThat(failure.exitCode()).as(failure.getMessage()).isEqualTo(exitCode);
    return failure;
  }
}
