package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.formation.FormationSettings.Data;
import dev.manyfactor.formation.FormationSettings.Patience;
import dev.manyfactor.formation.FormationSettings.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--only`: some of the process types.
class SelectionTests {
  @TempDir Path folder;
  private Stage stage;
  private Path shop;
  private int port;

  @BeforeEach
  void set() throws Exception {
    stage = Stage.in(folder);
    port = Ports.free();
    stage.service(
        "cards",
        """
        name: cards
        runtime: java 25
        processes: {web: <web>, worker: <worker>}
        tasks: {migrate: <migrate>}
        release: migrate
        dependencies: [{name: database, kind: postgres, version: 17}]
        """);
    shop =
        stage.service(
            "shop",
            """
            name: shop
            runtime: java 25
            processes: {worker: <worker>, web: {port: %d, command: <web>}}
            tasks: {migrate: <migrate>}
            release: migrate
            dependencies: [{name: cards, kind: service, path: ../cards}]
            """
                .formatted(port));
  }

  @Test
  void onlyWhatIsNamedStartsWithItsReleaseStepAndTheAddressOfTheRest() throws Exception {
    Formation formation = stage.formation(shop, only("web"), Data.KEPT);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    FormationState state = stage.awaitRunning(outcome);
    // cards is neither built nor migrated, and its PostgreSQL 17, which there is not, not started
    assertThat(state.services()).hasSize(1);
    assertThat(state.main().processes())
        .extracting(process -> process.name())
        .containsExactly("shop.web");
    assertThat(stage.diary())
        .anyMatch("shop.migrate ran"::equals)
        .noneMatch("cards.migrate ran"::equals);
    assertThat(Stage.get(URI.create("http://127.0.0.1:" + port + "/CARDS_URL")))
        .startsWith("http://127.0.0.1:");
    formation.stop();
    Stage.ended(outcome);
    stage.assertNothingLeft(shop);
  }

  @Test
  void everyNameThatThereIsNotIsSaidWithTheOneThatWasMeant() {
    assertThat(problems(only("web", "wroker", "cards.wbe", "cards.worker")))
        .containsExactly(
            "--only wroker: there is no such process type; did you mean \"worker\"?; there are worker, web, cards.web, cards.worker",
            "--only cards.wbe: there is no such process type; did you mean \"cards.web\"?; there are shop.worker, shop.web, cards.web, cards.worker");
    assertThat(failure(only("zzzzzzz"), Data.KEPT))
        .hasMessage(
            "--only zzzzzzz: there is no such process type; there are worker, web, cards.web, cards.worker");
  }

  @Test
  void optionsThatSetNothingAreRefused() {
    Shape worker = new Shape(OptionalInt.of(9000), Set.of("worker"), Scale.ONE_OF_EACH);
    Data server =
        new Data(false, Optional.of(DatabaseServer.of("postgres://a@localhost", Map.of())));
    assertThat(problems(worker, server))
        .containsExactly(
            "--port 9000 sets nothing: no process of shop that serves is started",
            "--database names a server that nobody asks for: declare a dependency of kind postgres in "
                + shop.resolve("manyfactor.yaml"));
    List<Manifest> members = Members.of(shop);
    FormationSettings cards =
        new FormationSettings(shop, only("cards.worker"), server, Patience.DEFAULT);
    assertThat(Selection.of(cards, members).of(members)).hasSize(1);
  }

  @Test
  void whatIsWrongWithSeveralOptionsIsSaidInOneRound() {
    Scale scale = new Scale(List.of("wbe=2", "web=3", "cards.web=0"));
    assertThat(problems(new Shape(OptionalInt.of(9000), Set.of("worker"), scale)))
        .containsExactly(
            "--scale wbe=2: there is no such process type; did you mean \"web\"?; there are worker, web, cards.web, cards.worker",
            "--scale cards.web=0: the number must be 1 to 16, for example cards.web=2",
            "--port 9000 sets nothing: no process of shop that serves is started",
            "--scale shop.web sets nothing: --only leaves it out");
    assertThat(problems(new Shape(OptionalInt.of(9000), Set.of("wroker"), scale)))
        .hasSize(3)
        .noneMatch(problem -> problem.contains("sets nothing"));
  }

  private static Shape only(String... names) {
    return new Shape(OptionalInt.empty(), new LinkedHashSet<>(List.of(names)), Scale.ONE_OF_EACH);
  }

  private List<String> problems(Shape shape) {
    return problems(shape, Data.KEPT);
  }

  private List<String> problems(Shape shape, Data data) {
    return failure(shape, data).evidence();
  }

  private FormationException failure(Shape shape, Data data) {
    FormationSettings settings = new FormationSettings(shop, shape, data, Patience.DEFAULT);
    FormationException failure =
        catchThrowableOfType(
            FormationException.class, () -> Selection.of(settings, Members.of(shop)));
    assertThat(failure.exitCode()).isEqualTo(64);
    return failure;
  }
}
