package dev.manyfactor.jobs;

/// Thrown by a job that will never succeed: it becomes a dead letter now, whatever attempts are
/// left.
///
/// The effects of the attempt are rolled back like those of any failure.
public final class Discard extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param reason why trying again is of no use; kept with the dead letter
  public Discard(String reason) {
    super(reason);
  }
}
