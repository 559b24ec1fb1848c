package dev.manyfactor.prover.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The cookies of one browser at one service, from which it takes what answers set and sends it
/// back. It holds one by each name; for one thread.
final class Cookies {
  private final Map<String, Cookie> held = new LinkedHashMap<>();

  /// @param path the paths that it is sent to begin so
  private record Cookie(String value, String path) {
    boolean isSentTo(String target) {
      String folder = path.endsWith("/") ? path : path + "/";
      return target.equals(path) || target.startsWith(folder);
    }
  }

  /// Takes what an answer sets, and drops what it takes back.
  void take(Exchange exchange) {
    lines(exchange).forEach(this::take);
  }

  private void take(String line) {
    String[] parts = line.split(";", -1);
    String[] pair = parts[0].strip().split("=", 2);
    if (pair.length < 2 || pair[0].isBlank()) {
      return;
    }
    String path = attribute(parts, "path");
    if (isTakenBack(parts)) {
      held.remove(pair[0]);
    } else {
      held.put(pair[0], new Cookie(pair[1], path.startsWith("/") ? path : "/"));
    }
  }

  private static boolean isTakenBack(String[] parts) {
    String age = attribute(parts, "max-age");
    return age.matches("0|-\\d+")
        || (age.isEmpty() && attribute(parts, "expires").contains("1970"));
  }

  private static String attribute(String[] parts, String name) {
    for (String part : parts) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2 && pair[0].toLowerCase(Locale.ROOT).equals(name)) {
        return pair[1].strip();
      }
    }
    return "";
  }

  /// A request with those of them that belong to its path.
  Call on(Call call) {
    String path = call.path().split("\\?", 2)[0];
    String line =
        held.entrySet().stream()
            .filter(entry -> entry.getValue().isSentTo(path))
            .map(entry -> entry.getKey() + "=" + entry.getValue().value())
            .collect(Collectors.joining("; "));
    return line.isEmpty() ? call : call.with("Cookie", line);
  }

  /// The names of those that an answer sets.
  static List<String> namesIn(Exchange exchange) {
    return lines(exchange).stream().map(line -> line.split("[=;]", 2)[0].strip()).toList();
  }

  private static List<String> lines(Exchange exchange) {
    return exchange.result() instanceof Exchange.Result.Answer answer
        ? answer.headers().getOrDefault("set-cookie", List.of())
        : List.of();
  }
}
