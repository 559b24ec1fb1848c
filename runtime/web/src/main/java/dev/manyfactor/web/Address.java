package dev.manyfactor.web;

import java.util.Optional;

/// Where a server listens.
///
/// @param variable the setting that the port comes from, for messages
/// @param host a name or a literal address; every address if empty
/// @param port 0 for any free port
public record Address(String variable, Optional<String> host, int port) {

  @Override
  public String toString() {
    return host.map(name -> name + ':' + port).orElse("port " + port);
  }
}
