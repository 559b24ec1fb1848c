package dev.manyfactor.benchmarks.drain;

import dev.manyfactor.benchmarks.Evidence;
import dev.manyfactor.benchmarks.Machine;
import dev.manyfactor.benchmarks.Options;
import dev.manyfactor.benchmarks.Progress;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/// Restarts every process of payments, one web process after the other and beside them the worker
/// and the scheduler, again and again under load: no request may fail.
public final class DrainProof {
  private static final Options DEFAULT = new Options(10, 3, 1);

  private final Options options;
  private final Surroundings surroundings;
  private final Path root;
  private final Restart restart;

  /// How a process is ended and started again.
  interface Restart {
    /// Returns once the next one is ready.
    void of(Site site, String process) throws InterruptedException;
  }

  /// What the whole run found.
  ///
  /// @param restarts processes that were ended in order and started again
  /// @param callers what became of their requests
  record Result(int restarts, List<Tally.Counts> callers) {
    /// What is wrong, if anything is.
    List<String> failures() {
      return callers.stream()
          .flatMap(caller -> caller.failures().stream().map(why -> caller.caller() + ": " + why))
          .toList();
    }
  }

  /// @param options the rounds are restarts of everything, the seconds the longest pause between
  ///   two
  /// @param root of the checkout
  DrainProof(Options options, Surroundings surroundings, Path root, Restart restart) {
    this.options = options;
    this.surroundings = surroundings;
    this.root = root;
    this.restart = restart;
  }

  public static void main(String[] arguments) throws Exception {
    var proof =
        new DrainProof(
            DEFAULT.with(arguments), Surroundings.ofProcess(), Path.of(""), Site::restart);
    Machine machine = Machine.here(proof.surroundings.clock());
    Path folder = Files.createTempDirectory("drain");
    Result result = proof.run(folder);
    System.exit(proof.report(result, machine) ? 0 : 1);
  }

  /// Does it all in an empty folder.
  Result run(Path folder) throws IOException, InterruptedException {
    try (Site site = Site.start(root, folder, surroundings)) {
      Traffic traffic = Traffic.start(site, surroundings.nanos(), options.seed());
      int restarts = 0;
      try (traffic) {
        restarts = restartOften(site, traffic);
      }
      return new Result(restarts, traffic.counts());
    }
  }

  private int restartOften(Site site, Traffic traffic) throws InterruptedException {
    var random = new SplittableRandom(options.seed());
    int restarts = 0;
    for (int round = 1; round <= options.rounds(); round++) {
      Thread.sleep(random.nextInt(1, 1000 * options.seconds()));
      restarts += restartAll(site);
      Progress.say("round %d of %d: %s".formatted(round, options.rounds(), traffic.counts()));
    }
    return restarts;
  }

  /// @return how many processes
  private int restartAll(Site site) throws InterruptedException {
    List<String> processes = site.processes();
    Map<Boolean, List<String>> lanes = new LinkedHashMap<>();
    for (String process : processes) {
      lanes.computeIfAbsent(process.contains(".web"), _ -> new ArrayList<>()).add(process);
    }
    var failures = new CopyOnWriteArrayList<Optional<RuntimeException>>();
    List<Thread> threads =
        lanes.values().stream()
            .map(lane -> Thread.ofVirtual().start(() -> failures.add(restart(site, lane))))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    failures.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(failure -> {
          throw failure;
        });
    return processes.size();
  }

  private Optional<RuntimeException> restart(Site site, List<String> lane) {
    try {
      for (String process : lane) {
        restart.of(site, process);
      }
      return Optional.empty();
    } catch (RuntimeException failure) {
      return Optional.of(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of(new IllegalStateException(stopped));
    }
  }

  private boolean report(Result result, Machine machine) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("options", options);
    settings.put("requests_per_second", Traffic.PER_SECOND);
    settings.put("drain_delay", "1s");
    settings.put("slow", "one in fifty, whose last byte comes after 2 s");
    int sent = result.callers().stream().mapToInt(Tally.Counts::sent).sum();
    int answered = result.callers().stream().mapToInt(Tally.Counts::answered).sum();
    var evidence =
        new Evidence(
            "drain",
            "benchmarks/run drain.DrainProof",
            machine,
            settings,
            new Evidence.Cells(sent, answered, result.failures()),
            result.callers(),
            Map.of("restarts", result.restarts()),
            Map.of());
    Progress.say("written to " + evidence.write());
    return sent == answered;
  }
}
