package dev.manyfactor.jobs;

import java.time.Instant;

/// One attempt that did not succeed.
///
/// @param at when it ended
/// @param attempt its number, from 1
/// @param release the release whose code ran; empty if the worker was lost
/// @param reason what went wrong, at most 500 characters
public record Failure(Instant at, int attempt, String release, String reason) {
  private static final int MOST_CHARACTERS = 500;

  public Failure {
    if (reason.length() > MOST_CHARACTERS) {
      reason = reason.substring(0, MOST_CHARACTERS - 1) + "…";
    }
  }
}
