package dev.manyfactor.mutants;

import dev.manyfactor.chaos.sweep.Cell;
import dev.manyfactor.chaos.sweep.Sweep;
import dev.manyfactor.chaos.sweep.SweepProgress;
import dev.manyfactor.chaos.sweep.SweepReport;
import dev.manyfactor.chaos.sweep.SweepSettings;
import dev.manyfactor.chaos.sweep.SweepSettings.Choice;
import dev.manyfactor.chaos.sweep.Verdict;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The crash sweep, on payments with planted bugs.
///
/// @param folder an empty one, in no checkout
/// @param progress receives whole lines
record MutantSweep(Path folder, Consumer<String> progress) {

  /// Tries the cells of one subject that are wanted.
  ///
  /// @param patches what is planted; nothing: payments as it was built
  SweepReport of(List<String> patches, String subject, Predicate<Cell> wanted)
      throws IOException, InterruptedException {
    Path service = MutatedPayments.make(Files.createDirectory(folder.resolve("made")), patches);
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    var choice = new Choice(OptionalInt.empty(), 1, Set.of(subject), wanted);
    return Sweep.run(
        new SweepSettings(service, choice, 1), scratch, Surroundings.ofProcess(), new Told());
  }

  /// Tells what happens.
  private final class Told implements SweepProgress {
    @Override
    public void step(String what) {
      progress.accept(what);
    }

    @Override
    public void rehearsed(String subject, int messages, int cells) {
      progress.accept("%s: %d messages, %d cells".formatted(subject, messages, cells));
    }

    @Override
    public void decided(Cell cell, Verdict verdict) {
      progress.accept(cell + ": " + verdict);
    }
  }
}
