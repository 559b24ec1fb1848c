package dev.manyfactor.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/// What the build wrote into the artifact.
///
/// @param commit the commit it was built from; absent outside of a checkout
/// @param dirty whether files were changed since that commit
record BuildInfo(Optional<String> commit, boolean dirty) {
  private static final String RESOURCE = "META-INF/manyfactor/build.properties";

  static BuildInfo of(ClassLoader loader) {
    var properties = new Properties();
    try (InputStream in = loader.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + RESOURCE + " of the artifact", unreadable);
    }
    return new BuildInfo(
        Optional.ofNullable(properties.getProperty("git.commit.id")),
        Boolean.parseBoolean(properties.getProperty("git.dirty")));
  }

  /// The release's name where the environment gives none.
  String releaseId() {
    return commit
        .map(id -> id.substring(0, Math.min(12, id.length())) + (dirty ? "-dirty" : ""))
        .orElse("unknown");
  }
}
