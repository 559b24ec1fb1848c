package dev.manyfactor.prover.outcome;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One trial, as a report shows it.
///
/// @param name what sets it apart from the others of its rule: `without DATABASE_URL`, `3 of 10`
/// @param controls the controls that held, and by which observation
/// @param transcript what happened
public record TrialRecord(
    String name,
    Finding finding,
    Map<Control, String> controls,
    List<Entry> transcript,
    Duration took) {
  /// Copies what could change.
  public TrialRecord {
    controls = Map.copyOf(controls);
    transcript = List.copyOf(transcript);
  }

  boolean survived() {
    return finding instanceof Finding.Survived;
  }

  boolean broke() {
    return finding instanceof Finding.Broken;
  }
}
