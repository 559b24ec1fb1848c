package dev.manyfactor.jobs;

/// One kind of job and the code that runs it.
record Declared<P extends Record>(String kind, Class<P> type, Job<P> job) {

  Policy policy() {
    return job.policy();
  }

  boolean leased() {
    return job instanceof LeasedJob;
  }

  /// How many of so many waiting jobs may run at a time.
  int most(int waiting) {
    return Math.min(waiting, policy().concurrency().orElse(waiting));
  }

  P payload(StoredJob stored) {
    return Payload.read(kind, type, stored.payload());
  }
}
