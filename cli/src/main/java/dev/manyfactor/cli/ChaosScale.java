package dev.manyfactor.cli;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How many instances run while things break: what was asked for, or two of those process types
/// that usually have several.
final class ChaosScale {
  private ChaosScale() {}

  /// @param usual applied where nothing was asked for, as far as the service has such a type
  static List<String> of(List<String> asked, List<String> usual, Path directory) {
    if (!asked.isEmpty()) {
      return asked;
    }
    Set<String> types =
        Manifest.read(directory).programs().processes().stream()
            .map(ProcessType::name)
            .collect(Collectors.toSet());
    return usual.stream().filter(one -> types.contains(one.split("=", 2)[0])).toList();
  }
}
