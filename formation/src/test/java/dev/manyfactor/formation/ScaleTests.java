package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleTests {
  @TempDir Path folder;
  private List<Manifest> members = List.of();

  @BeforeEach
  void read() throws Exception {
    Stage stage = Stage.in(folder);
    stage.service("cards", "name: cards\nruntime: sh 1\nprocesses: {web: 'true'}\n");
    members =
        Members.of(
            stage.service(
                "payments",
                """
                name: payments
                runtime: sh 1
                processes: {web: 'true', worker: 'true'}
                dependencies: [{name: cards, kind: service, path: ../cards}]
                """));
  }

  @Test
  void processTypesAreNamedAloneOrWithTheirService() {
    assertThat(over("web=2", "worker=0", "cards.web=3"))
        .isEqualTo(Map.of("payments.web", 2, "payments.worker", 0, "cards.web", 3));
    assertThat(over("payments.worker=16")).isEqualTo(Map.of("payments.worker", 16));
    assertThat(over()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithWhatThereIs() {
    assertThat(
            problems("wokr=3", "web=0", "worker=17", "cards.web=two", "web", "worker=", "mail=1"))
        .containsExactly(
            "--scale wokr=3: there is no such process type; did you mean \"worker\"?; there are web, worker, cards.web",
            "--scale web=0: the number must be 1 to 16, for example web=2",
            "--scale worker=17: the number must be 0 to 16, for example worker=2",
            "--scale cards.web=two: the number must be 1 to 16, for example cards.web=2",
            "--scale web: the number must be 1 to 16, for example web=2",
            "--scale worker=: the number must be 0 to 16, for example worker=2",
            "--scale mail=1: there is no such process type; there are web, worker, cards.web");
  }

  @Test
  void aProcessTypeIsNamedOnce() {
    assertThat(problems("web=2", "payments.web=3"))
        .containsExactly("--scale payments.web=3: the number of payments.web is given twice");
  }

  private Map<String, Integer> over(String... asked) {
    List<String> problems = new ArrayList<>();
    Map<String, Integer> counts = new Scale(List.of(asked)).over(members, problems);
    assertThat(problems).isEmpty();
    return counts;
  }

  private List<String> problems(String... asked) {
    List<String> problems = new ArrayList<>();
    new Scale(List.of(asked)).over(members, problems);
    return problems;
  }
}
