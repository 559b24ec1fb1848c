package dev.manyfactor.prover.rules;

import dev.manyfactor.faults.Traffic;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A process that goes on without the address of its database, and whether it does by means of
/// another engine: it is compared with a process that has the address.
///
/// @param without the process that goes on
record Fallback(Scene scene, Running without, String variable) {
  private static final int TIMES = 3; // what a pool sends by itself does not fall into all of them

  /// What it is.
  ///
  /// @param before the database files that it had open before any request
  Finding finding(Set<String> before) throws InterruptedException {
    List<Manifest.Sample> samples = without.port() == 0 ? List.of() : manifest().samples();
    List<Manifest.Sample> succeeding = new ArrayList<>();
    for (Manifest.Sample sample : samples) {
      if (without.send(scene.call(sample)).succeeded()) {
        succeeding.add(sample);
      }
    }
    Set<String> files = DatabaseFiles.openIn(without);
    files.addAll(before);
    String label = without.label();
    Running with = scene.startReady(Start.of(label).as("%s with %s".formatted(label, variable)));
    List<Manifest.Sample> stored = storedBy(with, samples);
    files.removeIf(file -> names(DatabaseFiles.openIn(with)).contains(name(file)));
    if (!files.isEmpty()) {
      return broken("opened the database file " + files.iterator().next());
    }
    for (Manifest.Sample sample : stored) {
      if (succeeding.contains(sample)) {
        return broken(
            "%s %s succeeded, which talks to the database otherwise"
                .formatted(sample.method(), sample.path()));
      }
    }
    return stored.isEmpty() && without.port() != 0 ? unknown() : refusing(stored);
  }

  /// The samples that talk to the database, each time they are sent.
  private List<Manifest.Sample> storedBy(Running with, List<Manifest.Sample> samples)
      throws InterruptedException {
    List<Manifest.Sample> stored = new ArrayList<>();
    for (Manifest.Sample sample : samples) {
      boolean isStored = true;
      for (int time = 0; time < TIMES && isStored; time++) {
        long sent = sent();
        Exchange exchange = with.send(scene.call(sample));
        isStored = exchange.succeeded() && sent() > sent;
      }
      if (isStored) {
        stored.add(sample);
      }
    }
    return stored;
  }

  /// Bytes to the database so far.
  private long sent() {
    return scene.links().stream()
        .filter(link ->
            link.dependency() instanceof Dependency.Postgres postgres
                && postgres.variable().equals(variable))
        .map(Link::traffic)
        .mapToLong(Traffic::sent)
        .sum();
  }

  private Finding broken(String what) {
    return new Finding.Broken(
        "%s, started without %s, was expected to refuse to work, but %s"
            .formatted(without.label(), variable, what));
  }

  private Finding unknown() {
    return new Finding.Undecided(
        Reason.NO_PROBE_OPERATION,
        "%s became ready without %s, and no sample of the manifest talks to the database, so whether it has another engine cannot be seen; add a sample that does"
            .formatted(without.label(), variable));
  }

  private Finding refusing(List<Manifest.Sample> stored) {
    String what =
        stored.isEmpty()
            ? "it serves nobody"
            : stored.stream()
                .map(sample -> sample.method() + " " + sample.path() + " does not succeed")
                .collect(Collectors.joining(", "));
    return new Finding.Survived(
        "%s goes on without it, but opened no database file, and %s"
            .formatted(without.label(), what));
  }

  private Manifest manifest() {
    return scene.bench().manifest();
  }

  private static Set<String> names(Set<String> files) {
    return files.stream().map(Fallback::name).collect(Collectors.toSet());
  }

  private static String name(String file) {
    return String.valueOf(Path.of(file).getFileName());
  }
}
