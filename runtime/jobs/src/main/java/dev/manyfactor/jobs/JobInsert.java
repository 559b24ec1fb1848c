package dev.manyfactor.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The statements that add a job. Without a unique key it travels with the commit; with one it
/// takes a round trip, unless the key is taken.
///
/// Each also notes that the tenant exists, which a schedule needs to know, unless that is known.
///
/// @param tenantKnown whether it is
record JobInsert(boolean tenantKnown) {
  private static final int MOST_TRIES = 3;

  private static final String SEEN =
      "with seen as (insert into manyfactor.tenant (tenant) values (?) on conflict do nothing)";
  private static final String TAKEN =
      " taken as (insert into manyfactor.job_key (kind, tenant, key, job) values (?, ?, ?, ?)"
          + " on conflict do nothing returning job)";
  private static final String JOB =
      "insert into manyfactor.job (id, kind, tenant, payload, unique_key, release, trace)";
  private static final String LATER_JOB =
      "insert into manyfactor.later"
          + " (id, kind, tenant, payload, unique_key, release, trace, run_at)";

  private static final String NOW = JOB + " values (?, ?, ?, ?, ?, ?, ?)";
  private static final String LATER = LATER_JOB + " values (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String UNIQUE_NOW = JOB + " select ?, ?, ?, ?, ?, ?, ? from taken";
  private static final String UNIQUE_LATER =
      LATER_JOB + " select ?, ?, ?, ?, ?, ?, ?, ? from taken";
  private static final String HOLDER =
      "select job from manyfactor.job_key where kind = ? and tenant = ? and key = ?";

  /// Adds the job, or finds the living one that has its unique key.
  ///
  /// @return the id of whichever it is
  <X extends Exception> JobId insert(Target<X> target, NewJob job) throws X {
    if (job.uniqueKey().isEmpty()) {
      String sql = job.runAt().isEmpty() ? NOW : LATER;
      target.atCommit(tenantKnown ? sql : SEEN + ' ' + sql, parameters(job));
      return job.id();
    }
    return insertUnique(target, job, job.uniqueKey().get());
  }

  private <X extends Exception> JobId insertUnique(Target<X> target, NewJob job, String key)
      throws X {
    String insert = job.runAt().isEmpty() ? UNIQUE_NOW : UNIQUE_LATER;
    String sql = (tenantKnown ? "with" : SEEN + ',') + TAKEN + ' ' + insert;
    for (int i = 0; i < MOST_TRIES; i++) {
      if (target.update(sql, parameters(job)) == 1) {
        return job.id();
      }
      // a statement of its own, because the one above cannot see a row that was committed meanwhile
      Optional<UUID> holder = target.uuid(HOLDER, job.kind(), job.tenant().id(), key);
      if (holder.isPresent()) {
        return new JobId(holder.get());
      }
    }
    throw new IllegalStateException(
        "the unique key of a %s was taken and freed %d times meanwhile; try again"
            .formatted(job.kind(), MOST_TRIES));
  }

  private Object[] parameters(NewJob job) {
    String tenant = job.tenant().id();
    UUID id = job.id().value();
    var all = new ArrayList<Object>();
    if (!tenantKnown) {
      all.add(tenant);
    }
    job.uniqueKey().ifPresent(key -> all.addAll(List.of(job.kind(), tenant, key, id)));
    all.addAll(List.of(id, job.kind(), tenant, job.payload()));
    all.addAll(List.of(job.uniqueKey(), job.release(), job.trace()));
    job.runAt().ifPresent(all::add);
    return all.toArray();
  }
}
