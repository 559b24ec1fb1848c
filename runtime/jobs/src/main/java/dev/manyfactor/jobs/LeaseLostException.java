package dev.manyfactor.jobs;

/// The lease of a job has been taken back, so nothing of this attempt may be stored.
final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(StoredJob job) {
    super(
        "the lease of job %s (fence %d) was taken back; another worker runs it or has run it"
            .formatted(job.id(), job.fence()));
  }
}
