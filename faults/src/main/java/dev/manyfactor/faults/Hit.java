package dev.manyfactor.faults;

/// A message at which something is done.
///
/// @param message the message
/// @param moment when
/// @param settled whether the server has answered what was passed on to it so far; if not, it is
///   not known whether it has been carried out
public record Hit(PostgresMessage message, Moment moment, boolean settled) {}
