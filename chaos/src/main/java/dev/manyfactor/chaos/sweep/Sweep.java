package dev.manyfactor.chaos.sweep;

import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Commit;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// Tries every cell of every operation, job and schedule that the manifest of a service declares
/// for chaos.
///
/// A rehearsal tells which messages the process sends to PostgreSQL while it does the thing once;
/// each message makes ten cells. In each cell the thing is done anew, the fault happens at just
/// that message, what has died is started again, the client repeats its request, and then all of it
/// must have one effect, one answer, and every invariant of the manifest.
///
/// ```java
/// SweepReport report = Sweep.run(settings, scratch, Surroundings.ofProcess(), progress);
/// ```
public final class Sweep {
  private final SweepSettings settings;
  private final Path scratch;
  private final Surroundings surroundings;
  private final SweepProgress progress;
  private final Manifest manifest;

  private Sweep(
      SweepSettings settings, Path scratch, Surroundings surroundings, SweepProgress progress) {
    this.settings = settings;
    this.scratch = scratch;
    this.surroundings = surroundings;
    this.progress = progress;
    this.manifest = Manifest.read(settings.directory());
  }

  /// Does it.
  ///
  /// @param scratch an empty folder for databases, keys and logs
  public static SweepReport run(
      SweepSettings settings, Path scratch, Surroundings surroundings, SweepProgress progress)
      throws InterruptedException {
    return new Sweep(settings, scratch, surroundings, progress).run();
  }

  private SweepReport run() throws InterruptedException {
    long started = surroundings.nanos().getAsLong();
    List<String> names = chosen();
    List<Lane> lanes = Lane.of(names, manifest, settings);
    List<SweepReport.Subject> subjects = new ArrayList<>();
    List<Theatre> theatres = new ArrayList<>();
    try {
      for (Lane lane : lanes) { // one after the other: the first one builds what is stale
        progress.step("starting formation %d of %d".formatted(theatres.size() + 1, lanes.size()));
        theatres.add(
            Theatre.open(
                manifest,
                scratch.resolve("lane-" + (theatres.size() + 1)),
                surroundings,
                lane.processes()));
      }
      subjects.addAll(performed(lanes, theatres));
    } finally {
      theatres.forEach(Theatre::close);
    }
    subjects.sort(Comparator.comparingInt(subject -> names.indexOf(subject.name())));
    Duration took = Duration.ofNanos(surroundings.nanos().getAsLong() - started);
    return new SweepReport(about(), subjects, took);
  }

  private SweepReport.Run about() throws InterruptedException {
    return new SweepReport.Run(
        manifest.name(),
        Commit.head(settings.directory()).orElse("unknown"),
        settings.choice().seed(),
        settings.choice().sample().isPresent());
  }

  private List<String> chosen() {
    Chaos chaos = manifest.chaos();
    List<String> names =
        Stream.concat(
                chaos.operations().stream().map(Chaos.Operation::name),
                chaos.background().stream().map(Chaos.Background::name))
            .toList();
    if (names.isEmpty()) {
      throw new FormationException(
          ExitCode.CONFIG,
          "%s declares nothing to sweep; add `chaos:` with its operations to %s"
              .formatted(manifest.name(), manifest.directory().resolve(Manifest.FILE)));
    }
    List<String> unknown =
        settings.choice().only().stream().filter(name -> !names.contains(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new FormationException(
          ExitCode.USAGE,
          "--only %s: there is no such operation, job or schedule; there are %s"
              .formatted(String.join(",", unknown), String.join(", ", names)));
    }
    return names.stream().filter(settings.choice()::takes).toList();
  }

  private List<SweepReport.Subject> performed(List<Lane> lanes, List<Theatre> theatres)
      throws InterruptedException {
    List<CompletableFuture<List<SweepReport.Subject>>> running = new ArrayList<>();
    for (int number = 0; number < lanes.size(); number++) {
      Performance performance =
          new Performance(theatres.get(number), settings.choice(), progress, number);
      List<String> subjects = lanes.get(number).subjects();
      running.add(
          CompletableFuture.supplyAsync(
              () -> performance.of(subjects), theatres.get(number).threads()));
    }
    List<SweepReport.Subject> all = new ArrayList<>();
    for (CompletableFuture<List<SweepReport.Subject>> one : running) {
      all.addAll(result(one));
    }
    return all;
  }

  private static List<SweepReport.Subject> result(
      CompletableFuture<List<SweepReport.Subject>> running) throws InterruptedException {
    try {
      return running.get(); // every step of it is bounded
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof FormationException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }
}
