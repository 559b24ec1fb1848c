package dev.manyfactor.jobs;

/// What came over the channel of wake-ups.
///
/// @param jobs that a job was added that this worker can run
/// @param work that some worker is at work
record Heard(boolean jobs, boolean work) {
  static final Heard NOTHING = new Heard(false, false);
}
