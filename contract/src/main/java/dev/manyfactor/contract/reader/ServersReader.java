package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Reads where clients find the service. A client puts the address before each path, so the path of
/// the address is served too; that is possible only if all servers have the same.
final class ServersReader {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/]*)}");
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

  private final Problems problems;

  ServersReader(Problems problems) {
    this.problems = problems;
  }

  /// What every path begins with; empty if the servers have no path.
  String prefix(Node root) {
    Set<String> prefixes = new HashSet<>();
    List<Node> servers = new ArrayList<>();
    for (Yaml value : root.items("servers")) {
      Optional<Node> server =
          Node.of("server", value.line(), value, problems).map(node -> node.only(Keywords.SERVER));
      server.flatMap(this::path).ifPresent(prefixes::add);
      server.ifPresent(servers::add);
    }
    if (prefixes.size() > 1) {
      servers
          .getLast()
          .problem(
              "url",
              "all servers must have the same path: clients put it before each of ours; write what differs into the paths");
    }
    return prefixes.stream().findFirst().orElse("");
  }

  private Optional<String> path(Node server) {
    variables(server);
    Optional<String> url = server.text("url");
    if (url.isEmpty()) {
      server.problem("must have an address: add url");
      return Optional.empty();
    }
    Optional<String> path = pathOf(VARIABLE.matcher(url.get()).replaceAll("variable"));
    boolean isVariable = VARIABLE.matcher(url.get().replaceFirst("^([a-z]+:)?//[^/]*", "")).find();
    if (path.isEmpty() || isVariable || !PREFIX.matcher(path.get()).matches()) {
      server.problem(
          "url",
          "the path of a server is what is served before each path; write it in plain letters, without variables");
      return Optional.empty();
    }
    return path;
  }

  private static Optional<String> pathOf(String url) {
    try {
      String path = URI.create(url).getPath();
      return Optional.of(path == null ? "" : path.replaceFirst("/$", ""));
    } catch (IllegalArgumentException notPlain) {
      return Optional.empty();
    }
  }

  private void variables(Node server) {
    List<String> used =
        VARIABLE
            .matcher(server.textOrEmpty("url"))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    List<String> declared = server.entries("variables").stream().map(Yaml.Entry::key).toList();
    for (Yaml.Entry entry : server.entries("variables")) {
      Node.of("server variable " + entry.key(), entry, problems)
          .map(node -> node.only(Keywords.SERVER_VARIABLE))
          .filter(node -> !node.has("default"))
          .ifPresent(node -> node.problem("must have a default; add it"));
    }
    for (String name : used) {
      if (!declared.contains(name)) {
        server.problem(
            "url",
            "the address has {%s}, but there is no such variable; declare it".formatted(name));
      }
    }
  }
}
