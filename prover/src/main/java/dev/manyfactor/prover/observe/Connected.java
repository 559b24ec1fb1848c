package dev.manyfactor.prover.observe;

/// An open TCP connection of a process, seen from its end.
///
/// @param remote the other end's address
/// @param port the other end's port
public record Connected(long pid, String remote, int port) {}
