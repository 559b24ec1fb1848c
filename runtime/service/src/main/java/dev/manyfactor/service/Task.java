package dev.manyfactor.service;

/// Work that a person or a platform starts once, from the artifact and with the environment that
/// serve: an export, a repair, a seed.
///
/// A task runs for one tenant, which `--tenant` names. It may be killed at any instant, so it is
/// written to be run again: what it has committed stays, and a second run brings it to the end.
///
/// @param <O> its options, a record of settings: component `batchSize` is given as `--batch-size
///   10`
@FunctionalInterface
public interface Task<O extends Record> {

  /// Does the work. An exception ends the process with a non-zero code.
  void run(TaskRun run, O options);

  /// A phrase for the list of tasks that the artifact prints.
  default String summary() {
    return "";
  }

  /// The options of a task that has none.
  record NoOptions() {}
}
