package dev.manyfactor.faults;

/// What has gone through a proxy since it was opened.
///
/// @param connections accepted or refused by us, all in all
/// @param open connections that are open now
/// @param sent bytes that clients have sent, whether passed on or not
/// @param returned bytes that were passed back to clients
public record Traffic(long connections, long open, long sent, long returned) {}
