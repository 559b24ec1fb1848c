package dev.manyfactor.prover.outcome;

import java.time.Duration;

/// One line of a transcript.
///
/// @param at since the trial began
/// @param lane who did or said it: `prover`, `web A`, `database`, `client`
/// @param text what; secrets are masked, and it is at most [Transcript#LONGEST] characters long
public record Entry(Duration at, String lane, String text) {}
