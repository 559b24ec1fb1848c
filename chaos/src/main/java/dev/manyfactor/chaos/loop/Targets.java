package dev.manyfactor.chaos.loop;

import java.util.List;

/// What there is to break, by name.
///
/// @param processes of all services, for example `payments.worker.2`
/// @param links from a service to what it leans on, for example `payments → cards`
/// @param servers the PostgreSQL servers
public record Targets(List<String> processes, List<String> links, List<String> servers) {
  /// Copies and sorts the names: a plan depends on nothing else.
  public Targets {
    processes = processes.stream().sorted().toList();
    links = links.stream().sorted().toList();
    servers = servers.stream().sorted().toList();
  }
}
