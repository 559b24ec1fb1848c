package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
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
    assertThatExceptionOfType(FormationException.class)
        .isThrownBy(
            () -> over("wokr=3", "web=0", "worker=17", "cards.web=two", "web", "worker=", "mail=1"))
        .withMessage(
            "--scale asks for what cannot be; the process types are web, worker, cards.web")
        .satisfies(failure -> {
          assertThat(failure.exitCode()).isEqualTo(64);
          assertThat(failure.evidence())
              .containsExactly(
                  "there is no process type \"wokr\"; did you mean \"worker\"?",
                  "the number of web must be 1 to 16, but is \"0\"; write web=2",
                  "the number of worker must be 0 to 16, but is \"17\"; write worker=2",
                  "the number of cards.web must be 1 to 16, but is \"two\"; write cards.web=2",
                  "the number of web must be 1 to 16, but is \"\"; write web=2",
                  "the number of worker must be 0 to 16, but is \"\"; write worker=2",
                  "there is no process type \"mail\"");
        });
  }

  @Test
  void aProcessTypeIsNamedOnce() {
    assertThatExceptionOfType(FormationException.class)
        .isThrownBy(() -> over("web=2", "payments.web=3"))
        .satisfies(failure ->
            assertThat(failure.evidence()).containsExactly("payments.web is given twice"));
  }

  private Map<String, Integer> over(String... asked) {
    return new Scale(List.of(asked)).over(members);
  }
}
