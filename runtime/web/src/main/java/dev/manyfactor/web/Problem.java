package dev.manyfactor.web;

import dev.manyfactor.json.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Why a request was not served, for a program and for a person (RFC 9457).
///
/// Sent as `application/problem+json`, with the members `trace_id` and, where there are violations,
/// `errors` beside the standard ones.
///
/// @param type a URI reference that names the kind of problem, for example `/problems/not-found`
/// @param title the kind in words, the same for each occurrence
/// @param status the response status, 400 to 599
/// @param detail what is wrong this time and what to do about it; never a secret, never internals
/// @param violations every place where the request breaks the contract
public record Problem(
    String type, String title, int status, String detail, List<Violation> violations) {
  private static final Set<String> ABBREVIATIONS = Set.of("http", "id", "uri", "url");

  public Problem {
    violations = List.copyOf(violations);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "the status of problem " + type + " must be 400 to 599, but is " + status);
    }
  }

  /// The problem of kind `/problems/<name>`.
  ///
  /// @param name words joined by dashes, for example `refund-too-large`; the title is made of them
  public static Problem of(int status, String name, String detail) {
    return new Problem("/problems/" + name, titleOf(name), status, detail, List.of());
  }

  /// The same problem with these violations.
  public Problem withViolations(List<Violation> found) {
    return new Problem(type, title, status, detail, found);
  }

  private static String titleOf(String name) {
    String words =
        Arrays.stream(name.split("-", -1))
            .map(word -> ABBREVIATIONS.contains(word) ? word.toUpperCase(Locale.ROOT) : word)
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
