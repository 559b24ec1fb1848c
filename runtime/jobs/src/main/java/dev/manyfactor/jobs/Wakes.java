package dev.manyfactor.jobs;

/// Who is told that a job of some kind was added, once its transaction has committed.
///
/// Only a hint: a worker that misses it looks by itself within its poll interval.
@FunctionalInterface
interface Wakes {

  void added(String kind);
}
