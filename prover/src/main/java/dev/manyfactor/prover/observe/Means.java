package dev.manyfactor.prover.observe;

/// What a sandbox may make use of; all of it, but for tests of what it falls back to.
///
/// @param landlock whether to ask the kernel for Landlock
/// @param ownUsers whether processes may get users of their own
/// @param processes how many processes and threads each may have at once
record Means(boolean landlock, boolean ownUsers, int processes) {
  static final Means ALL = new Means(true, true, 2048);
}
