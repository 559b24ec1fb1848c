package dev.manyfactor.prover.trial;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// A declared task of the service that is to be run in a scene, with the arguments that the
/// manifest gives as its example.
///
/// It gets what a process of the scene gets; the task of the release, and no other, also the
/// address of the owner of the database.
///
/// @param task its name in the manifest
/// @param label what it is called in transcripts: `migrate again`
/// @param database whose addresses it gets; empty for that of the scene
public record Errand(String task, String label, Optional<Database> database) {
  /// A task on the database of the scene.
  public static Errand of(String task) {
    return new Errand(task, task, Optional.empty());
  }

  /// Under this name in transcripts.
  public Errand as(String name) {
    return new Errand(task, name, database);
  }

  /// With this database instead of the scene's.
  public Errand on(Database other) {
    return new Errand(task, label, Optional.of(other));
  }

  /// How it ended.
  ///
  /// @param code with which code; empty if it had not ended within the bound
  /// @param after since its start
  /// @param words the end of its output
  public record End(OptionalInt code, Duration after, String words) {
    /// Whether it ended with 0.
    public boolean isGood() {
      return code.isPresent() && code.getAsInt() == 0;
    }

    /// As the rest of a sentence: `ended with exit code 1 after 210 ms: no such table`.
    @Override
    public String toString() {
      return code.isPresent()
          ? "ended with exit code %d after %d ms%s"
              .formatted(code.getAsInt(), after.toMillis(), isGood() ? "" : ": " + words)
          : "had not ended after %d s: %s".formatted(after.toSeconds(), words);
    }
  }
}
