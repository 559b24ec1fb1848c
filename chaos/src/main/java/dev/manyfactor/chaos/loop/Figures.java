package dev.manyfactor.chaos.loop;

/// What clients have seen.
///
/// @param asked requests, each under a key of its own
/// @param sent how often they were sent, with all repetitions
/// @param acknowledged requests that were said to be done
/// @param refused requests that were said not to be done
/// @param retried requests that needed more than one sending
/// @param unknown sendings without an answer
/// @param later sendings that were answered with "not now"
/// @param repeated sendings of a request that had its answer already
public record Figures(
    long asked,
    long sent,
    long acknowledged,
    long refused,
    long retried,
    long unknown,
    long later,
    long repeated) {}
