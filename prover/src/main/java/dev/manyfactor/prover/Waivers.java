package dev.manyfactor.prover;

import dev.manyfactor.factors.Requirement;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Proving;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Waiver;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/// The waivers of a manifest: what they waive, and those that waive nothing, since they are over or
/// name no requirement.
final class Waivers {
  private Waivers() {}

  /// Refuses a waiver of what is no requirement: whoever wrote it believes that something is
  /// waived.
  ///
  /// @throws FormationException 78 when there is one
  static void requireKnown(Manifest manifest) {
    String unknown =
        manifest.proving().waivers().stream()
            .map(Proving.Waiver::requirement)
            .filter(id -> Requirement.of(id).isEmpty())
            .map("there is no requirement \"%s\""::formatted)
            .collect(Collectors.joining("; "));
    if (!unknown.isEmpty()) {
      throw new FormationException(
          ExitCode.CONFIG,
          "%s: waivers: %s; `mf prove list` has them all".formatted(Manifest.FILE, unknown));
    }
  }

  /// A sentence for each that is over; for the head of a report.
  static List<String> expired(Manifest manifest, LocalDate today) {
    return manifest.proving().waivers().stream()
        .filter(waiver -> waiver.until().isBefore(today))
        .map(waiver ->
            "The waiver of %s (owner: %s) ended on %s and waives nothing"
                .formatted(waiver.requirement(), waiver.owner(), waiver.until()))
        .toList();
  }

  /// An outcome as the manifest lets it count today: what failed or is not proven may be waived.
  static Outcome applied(Manifest manifest, String requirement, Outcome outcome, LocalDate today) {
    boolean counts = outcome instanceof Outcome.Fail || outcome instanceof Outcome.NotProven;
    return manifest.proving().waivers().stream()
        .filter(_ -> counts)
        .filter(waiver -> waiver.requirement().equals(requirement))
        .filter(waiver -> !waiver.until().isBefore(today))
        .findFirst()
        .<Outcome>map(waiver -> new Outcome.Waived(waiver(waiver), outcome))
        .orElse(outcome);
  }

  private static Waiver waiver(Proving.Waiver waiver) {
    return new Waiver(waiver.requirement(), waiver.reason(), waiver.owner(), waiver.until());
  }
}
