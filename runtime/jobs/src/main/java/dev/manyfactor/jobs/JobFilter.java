package dev.manyfactor.jobs;

import dev.manyfactor.context.Tenant;
import java.util.Optional;
import java.util.Set;

/// Which jobs an operator means.
///
/// @param kind only those of this kind
/// @param tenant only those of this tenant
/// @param states only those in one of these states, at least one
public record JobFilter(Optional<String> kind, Optional<Tenant> tenant, Set<JobState> states) {

  /// All jobs.
  public static final JobFilter ALL =
      new JobFilter(Optional.empty(), Optional.empty(), Set.of(JobState.values()));

  public JobFilter {
    if (states.isEmpty()) {
      throw new IllegalArgumentException("a filter must let one state through, but has none");
    }
    states = Set.copyOf(states);
  }

  /// The same for one kind only.
  public JobFilter ofKind(String only) {
    return new JobFilter(Optional.of(only), tenant, states);
  }

  /// The same for one tenant only.
  public JobFilter ofTenant(Tenant only) {
    return new JobFilter(kind, Optional.of(only), states);
  }

  /// The same for these states only.
  public JobFilter in(JobState... only) {
    return new JobFilter(kind, tenant, Set.of(only));
  }
}
