package dev.manyfactor.prover.observe;

/// A TCP port that a process listens on.
///
/// @param address the local address, for example `127.0.0.1` or `::`
public record Listening(long pid, String address, int port) {}
