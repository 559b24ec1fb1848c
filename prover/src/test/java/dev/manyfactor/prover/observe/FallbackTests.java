package dev.manyfactor.prover.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds where a machine has less to offer.
class FallbackTests {
  private static final String ESCAPING =
      "env -i /usr/bin/setsid /bin/sleep 609 & echo up; while :; do sleep 612; done";

  @Test
  void withoutLandlockTheUserHolds() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "only root can give a user");
    try (Cage cage = Cage.with(new Means(false, true, 2048))) {
      Observed process =
          cage.shell("(: > %s/planted) 2>/dev/null || echo refused".formatted(cage.folder));
      assertThat(Cage.linesOf(process)).containsExactly("refused");
      assertThat(cage.sandbox.conditions())
          .anyMatch(sentence -> sentence.startsWith("Landlock is not available"))
          .anyMatch(sentence -> sentence.startsWith("Nothing keeps them from connecting"));
    }
  }

  @Test
  void withoutUsersLandlockAndTheMarkHold() throws Exception {
    try (Cage cage = Cage.with(new Means(true, false, 2048))) {
      Observed process = cage.shell(ESCAPING);
      Cage.awaitLine(process, "up");
      Cage.await("its tree", () -> hasEscaped(process));
      List<ProcessFact> tree = process.tree();
      process.close();
      assertThat(tree).hasSizeGreaterThanOrEqualTo(2).noneMatch(fact -> Cage.lives(fact.pid()));
      if (Landlock.ofKernel().holdsFiles()) {
        Observed planting =
            cage.shell("(: > %s/planted) 2>/dev/null || echo refused".formatted(cage.folder));
        assertThat(Cage.linesOf(planting)).containsExactly("refused");
      }
      assertThat(cage.sandbox.conditions())
          .anyMatch(sentence -> sentence.startsWith("Processes run as the calling user"));
    }
  }

  private static boolean hasEscaped(Observed process) {
    return process.tree().stream()
        .anyMatch(fact -> fact.arguments().equals(List.of("/bin/sleep", "609")));
  }

  @Test
  void withNeitherWhatForksAwayIsStillFoundAndEnded() throws Exception {
    try (Cage cage = Cage.with(new Means(false, false, 2048))) {
      Observed process = cage.shell(ESCAPING);
      Cage.awaitLine(process, "up");
      Cage.await("its tree", () -> hasEscaped(process));
      List<ProcessFact> tree = process.tree();
      process.close();
      assertThat(tree).noneMatch(fact -> Cage.lives(fact.pid()));
    }
  }

  @Test
  void oldKernelsAreAskedOnlyWhatTheyKnow() throws Exception {
    assumeTrue(Landlock.ofKernel().holdsConnections(), "an old kernel");
    for (int version : List.of(2, 3, 4, 5, 6)) {
      assertThat(new Landlock(version).holdsFiles()).isTrue();
      assertThat(new Landlock(version).holdsConnections()).isEqualTo(version >= 4);
    }
    assertThat(new Landlock(1).holdsFiles()).isFalse();
  }
}
