package dev.manyfactor.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// What `mf --version` prints.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {"mf %s (Java %s)".formatted(version, Runtime.version())};
  }
}
