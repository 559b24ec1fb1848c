package dev.manyfactor.prover.trial;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request and what came of it.
///
/// @param took from the first byte sent to the last byte received, or to the failure
/// @param began by the clock of nanoseconds of the run
public record Exchange(Call call, Result result, long began, Duration took) {
  /// What came.
  public sealed interface Result {
    /// An answer, whole.
    ///
    /// @param headers by name in small letters
    /// @param body at most 1 MiB of it
    record Answer(int status, Map<String, List<String>> headers, String body) implements Result {
      /// The first value of a header.
      public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()).stream()
            .findFirst();
      }
    }

    /// No whole answer.
    ///
    /// @param kind what it was
    record Broken(Kind kind, String detail) implements Result {}
  }

  /// How an exchange can break.
  public enum Kind {
    /// Nobody listens.
    REFUSED,
    /// The connection was reset.
    RESET,
    /// The connection ended before the answer did.
    ENDED,
    /// The answer did not come, or not whole, within the bound.
    TIMEOUT,
    /// What came is not HTTP.
    GARBAGE
  }

  /// The status, or -1 if there was no whole answer.
  public int status() {
    return result instanceof Result.Answer answer ? answer.status() : -1;
  }

  /// Whether it was answered with a success.
  public boolean succeeded() {
    return status() / 100 == 2;
  }

  /// The body, empty if there was no whole answer.
  public String body() {
    return result instanceof Result.Answer answer ? answer.body() : "";
  }

  /// For transcripts and findings: `POST /v1/x → 201 in 12 ms`.
  @Override
  public String toString() {
    String came =
        switch (result) {
          case Result.Answer answer -> String.valueOf(answer.status());
          case Result.Broken broken ->
              broken.kind().name().toLowerCase(java.util.Locale.ROOT)
                  + " ("
                  + broken.detail()
                  + ")";
        };
    return "%s → %s in %d ms".formatted(call, came, took.toMillis());
  }
}
