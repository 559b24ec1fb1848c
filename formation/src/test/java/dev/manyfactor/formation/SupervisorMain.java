package dev.manyfactor.formation;

import java.nio.file.Path;

/// A supervisor in a process of its own, to be killed.
final class SupervisorMain {
  private SupervisorMain() {}

  public static void main(String[] arguments) {
    new Formation(
            FormationSettings.of(Path.of(arguments[0])), Surroundings.ofProcess(), event -> {})
        .run();
  }
}
