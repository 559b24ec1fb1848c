package dev.manyfactor.jobs;

import dev.manyfactor.context.Tenant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The tenants that are known to be in the table of those who have added a job, from which nobody
/// is ever deleted; the first 10,000 that this process has met. Safe on many threads.
final class KnownTenants {
  private static final int MOST = 10_000;

  private final Set<Tenant> known = ConcurrentHashMap.newKeySet();

  boolean contains(Tenant tenant) {
    return known.contains(tenant);
  }

  /// A transaction that has noted this tenant is committed.
  void add(Tenant tenant) {
    if (known.size() < MOST) {
      known.add(tenant);
    }
  }
}
