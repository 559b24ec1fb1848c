package dev.manyfactor.prover;

import dev.manyfactor.factors.Requirement;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A report while it is being made. Safe on many threads.
final class RunReport {
  private final ProverSettings settings;
  private final Surroundings surroundings;
  private final Subject.Checkout checkout;
  private final Instant started;
  private final long start;
  private final List<Result> results = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();
  private @Nullable Subject subject;

  RunReport(ProverSettings settings, Surroundings surroundings, Subject.Checkout checkout) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.checkout = checkout;
    this.started = surroundings.clock().instant();
    this.start = surroundings.nanos().getAsLong();
  }

  Subject.Checkout checkout() {
    return checkout;
  }

  synchronized void conditions(List<String> more) {
    conditions.addAll(more);
  }

  synchronized void subject(Subject known) {
    subject = known;
  }

  synchronized boolean isBegun() {
    return subject != null;
  }

  synchronized void add(Result result) {
    results.add(result);
  }

  /// As it stands now.
  synchronized Report made() {
    Subject known = subject;
    if (known == null) {
      throw new IllegalStateException("there is nothing to report yet");
    }
    List<Result> sorted = new ArrayList<>(results);
    sorted.sort(Comparator.comparing(result -> result.requirement().id()));
    return new Report(
        new Report.Subject(
            known.manifest().name(),
            checkout.commit().orElse("none: this is no git checkout"),
            checkout.dirty()),
        new Report.Run(
            settings.seed(),
            settings.fast(),
            version(),
            started,
            Duration.ofNanos(surroundings.nanos().getAsLong() - start),
            conditions),
        sorted,
        unchecked());
  }

  private static List<Requirement> unchecked() {
    Set<String> checked =
        Prover.rules().stream().map(Rule::requirement).collect(Collectors.toSet());
    return Requirement.all().stream()
        .filter(requirement -> !checked.contains(requirement.id()))
        .toList();
  }

  private static String version() {
    String version = Prover.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
