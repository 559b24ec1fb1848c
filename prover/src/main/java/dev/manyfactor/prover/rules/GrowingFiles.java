package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.trial.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What grew by two rounds of requests, and by how many bytes.
///
/// @param requests how many there were in each
record GrowingFiles(Map<Path, Long> one, Map<Path, Long> two, int requests) {

  /// A file that grew by both, or a folder in which both left a file for every other request.
  Optional<Finding> grown(Running running) {
    return two.keySet().stream()
        .filter(file -> one.containsKey(file) || isOneOfMany(file))
        .findFirst()
        .map(file ->
            new Finding.Broken(
                "%s grows with traffic: by %d bytes with %d requests, and by %d with as many more"
                    .formatted(
                        shown(file, running),
                        one.getOrDefault(file, 0L),
                        requests,
                        two.get(file))));
  }

  private boolean isOneOfMany(Path file) {
    return besides(file, one) >= requests / 2 && besides(file, two) >= requests / 2;
  }

  private static long besides(Path file, Map<Path, Long> grown) {
    return grown.keySet().stream()
        .filter(other -> other.resolveSibling("").equals(file.resolveSibling("")))
        .count();
  }

  private static String shown(Path file, Running running) {
    return file.startsWith(running.scratch())
        ? "$TMPDIR/" + running.scratch().relativize(file)
        : file.toString();
  }

  /// A file that grew only as the process ended, by lines that speak of requests.
  static Optional<Finding> heldBack(Map<Path, Long> grown, Requests requests, int times) {

    return grown.keySet().stream()
        .filter(file -> lines(file, requests) >= times)
        .findFirst()
        .map(file ->
            new Finding.Broken(
                "%s has a line for each request, written when the process ended"
                    .formatted(file.getFileName())));
  }

  private static long lines(Path file, Requests requests) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.filter(requests::areNamedIn).count();
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }
}
