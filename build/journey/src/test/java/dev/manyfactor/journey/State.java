package dev.manyfactor.journey;

import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What the formation has written down of itself: its processes as they are at the moment.
///
/// @param file its `formation.json`
record State(Path file) {
  private static final String PROCESS =
      "\"name\" : \"%s\",\\s*\"process\" : \\{\\s*\"pid\" : (\\d+)";
  private static final String ADDRESS = PROCESS + "[^}]*},\\s*\"address\" : \"([^\"]*)\"";
  private static final String MANAGEMENT =
      PROCESS + "[^}]*},\\s*\"address\" : [^,]*,\\s*\"management\" : \"([^\"]*)\"";
  private static final String SERVICE =
      "\"name\" : \"%s\",\\s*\"directory\" : [^,]*,\\s*\"address\" : \"([^\"]*)\"";

  long pid(String process) {
    return Long.parseLong(found(PROCESS, process).group(1));
  }

  /// Where one instance serves, past the router.
  String address(String process) {
    return found(ADDRESS, process).group(2);
  }

  /// Where an instance's probes and figures are.
  String management(String process) {
    return found(MANAGEMENT, process).group(2);
  }

  /// Where a service is called.
  String service(String name) {
    return found(SERVICE, name).group(1);
  }

  private MatchResult found(String pattern, String name) {
    String text = Tree.text(file);
    return Pattern.compile(pattern.formatted(Pattern.quote(name)))
        .matcher(text)
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + text));
  }
}
