package dev.manyfactor.chaos.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.chaos.history.Violation;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short loop over a service in Python that uses nothing of ours, and is broken. The good one is
/// broken in vain by `ChaosTests` of the command.
class LoopTests {
  private static final Path FIXTURE = Path.of("../fixtures/python");
  private static final Plan.Pace QUICK = new Plan.Pace(100, 600);

  @TempDir Path folder;
  private final List<LoopProgress> progress = new CopyOnWriteArrayList<>();

  @Test
  void aServiceThatForgetsItsAnswersWithItsProcessIsFoundOut() throws Exception {
    Path broken = copy();
    Path notes = broken.resolve("notes.py");
    String text = Files.readString(notes);
    String planted =
        text.replace(
            "        fingerprint = hashlib",
            "        key = f\"{__import__('os').getpid()}-{key}\"\n        fingerprint = hashlib");
    assertThat(planted).isNotEqualTo(text);
    Files.writeString(notes, planted);

    Loop loop = loop(broken, Duration.ofSeconds(60), 2);
    Thread.ofVirtual().start(() -> stopAfterAKill(loop));
    LoopReport report = loop.run();
    assertThat(report.run().calledOff()).isTrue();
    assertThat(report.violations())
        .extracting(Violation::kind)
        .contains(Violation.Kind.DOUBLED, Violation.Kind.CHANGED);
    assertThat(report.figures().retried()).as("requests sent more than once").isPositive();
    assertThat(progress)
        .hasAtLeastOneElementOfType(LoopProgress.Standing.class)
        .hasAtLeastOneElementOfType(LoopProgress.Breaking.class);
  }

  @Test
  void aManifestThatDoesNotSayWhatToSendIsRefusedWithARemedy() throws Exception {
    Files.writeString(
        folder.resolve("manyfactor.yaml"),
        "name: a\nruntime: node 22\nprocesses: {web: node server.js}\n");
    assertThatThrownBy(() -> loop(folder, Duration.ofSeconds(1), 1).run())
        .isInstanceOf(FormationException.class)
        .hasMessageContaining("add `chaos:` with at least one operation");
  }

  /// The web process was killed while requests had been answered, or the time is over.
  private void stopAfterAKill(Loop loop) {
    try {
      for (int tries = 0; tries < 600 && !killed(); tries++) {
        Thread.sleep(100);
      }
      Thread.sleep(2_000); // it is started again, and answers
      loop.stop();
    } catch (InterruptedException over) {
      loop.stop();
    }
  }

  private boolean killed() {
    return progress.stream()
        .filter(LoopProgress.Breaking.class::isInstance)
        .flatMap(one -> ((LoopProgress.Breaking) one).broken().stream())
        .anyMatch(fault -> fault.kind() == FaultKind.KILL && fault.target().equals("notes.web"));
  }

  private Loop loop(Path service, Duration length, long seed) throws IOException {
    return new Loop(
        new LoopSettings(
            service,
            length,
            seed,
            new LoopSettings.Load(8, Duration.ofMillis(20), List.of()),
            QUICK),
        Surroundings.ofProcess(),
        Files.createDirectories(folder.resolve("scratch")),
        progress::add);
  }

  private Path copy() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("notes"));
    try (Stream<Path> files = Files.list(FIXTURE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
