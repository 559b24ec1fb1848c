package dev.manyfactor.chaos.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.chaos.sweep.SweepReport.Finding;
import dev.manyfactor.chaos.sweep.SweepSettings.Choice;
import dev.manyfactor.faults.Moment;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sweep over a service in Python that uses nothing of ours, whole and broken.
class SweepTests {
  private static final Path FIXTURE = Path.of("../fixtures/python");

  @TempDir Path folder;
  private final List<Cell> decided = new CopyOnWriteArrayList<>();

  @Test
  void aGoodServiceSurvivesASampleOfEveryFault() throws Exception {
    SweepReport report = sweep(FIXTURE, OptionalInt.of(16), _ -> true);
    assertThat(report.violations()).isEmpty();
    assertThat(report.missed()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.done()).isEqualTo(16);
    SweepReport.Subject notes = report.subjects().getFirst();
    assertThat(notes.name()).isEqualTo("makeNote");
    assertThat(notes.all()).isEqualTo(notes.messages() * 10);
    assertThat(decided)
        .extracting(Cell::fault)
        .as("the seed is such that all are among them")
        .containsAll(EnumSet.allOf(Fault.class));
    assertThat(decided).extracting(cell -> cell.spot().label()).contains("QUERY COMMIT");
  }

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

    SweepReport report =
        sweep(
            broken,
            OptionalInt.empty(),
            cell ->
                cell.fault() == Fault.KILL
                    && cell.moment() == Moment.AFTER
                    && cell.spot().label().equals("QUERY COMMIT"));
    assertThat(report.done()).isEqualTo(report.expected()).isPositive();
    assertThat(report.violations())
        .extracting(Finding::verdict)
        .anySatisfy(verdict -> assertThat(verdict.toString()).contains(" effects of "));
  }

  @Test
  void aSubjectThatIsNotThereIsAMistake() {
    assertThatThrownBy(() ->
            Sweep.run(
                new SweepSettings(
                    FIXTURE, new Choice(OptionalInt.of(1), 1, Set.of("takeNote"), _ -> true), 1),
                folder,
                Surroundings.ofProcess(),
                new Silent(decided)))
        .isInstanceOf(FormationException.class)
        .hasMessageContaining(
            "--only takeNote: there is no such operation, job or schedule; there are makeNote, tally");
  }

  private SweepReport sweep(Path service, OptionalInt sample, Predicate<Cell> cells)
      throws Exception {
    return Sweep.run(
        new SweepSettings(service, new Choice(sample, 4711, Set.of("makeNote"), cells), 1),
        Files.createDirectories(folder.resolve("scratch")),
        Surroundings.ofProcess(),
        new Silent(decided));
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

  /// Remembers the cells.
  private record Silent(List<Cell> decided) implements SweepProgress {
    @Override
    public void step(String what) {}

    @Override
    public void rehearsed(String subject, int messages, int cells) {}

    @Override
    public void decided(Cell cell, Verdict verdict) {
      decided.add(cell);
    }
  }
}
