package dev.manyfactor.benchmarks.drain;

/// An answer, as far as a caller has to know it.
///
/// @param closes whether it said that its connection closes
record Reply(int status, boolean closes, String body) {}
