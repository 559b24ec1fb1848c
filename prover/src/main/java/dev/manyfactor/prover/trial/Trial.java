package dev.manyfactor.prover.trial;

import dev.manyfactor.prover.outcome.Finding;
import java.util.List;
import java.util.stream.IntStream;

/// One attempt to find a counter-example.
///
/// @param name what sets it apart from the others of its rule
/// @param body what is done
public record Trial(String name, Body body) {
  /// What is done in a trial.
  @FunctionalInterface
  public interface Body {
    /// Tries.
    ///
    /// @throws BaselineMissing when the service does not work before anything is done to it
    Finding run(Scene scene) throws InterruptedException;
  }

  /// One trial, when there is only one.
  public static List<Trial> once(Body body) {
    return List.of(new Trial("1 of 1", body));
  }

  /// The same trial several times.
  public static List<Trial> repeated(int times, Body body) {
    return IntStream.rangeClosed(1, times)
        .mapToObj(number -> new Trial("%d of %d".formatted(number, times), body))
        .toList();
  }
}
