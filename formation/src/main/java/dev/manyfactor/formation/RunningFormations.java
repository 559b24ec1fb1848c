package dev.manyfactor.formation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The formations that this user has running, wherever: how `mf token` finds the one that is meant.
///
/// Each is a small file in a folder that only the user can enter; a file whose formation has gone
/// is ignored.
///
/// @param folder where the files are
public record RunningFormations(Path folder) {
  private static final String SUFFIX = ".formation";

  /// Those of this user: below `XDG_RUNTIME_DIR`, else below the temporary folder.
  public static RunningFormations ofUser() {
    return new RunningFormations(
        Surroundings.variable("XDG_RUNTIME_DIR")
            .map(Path::of)
            .filter(Files::isDirectory)
            .map(folder -> folder.resolve("manyfactor"))
            .orElseGet(() ->
                Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "manyfactor-" + System.getProperty("user.name"))));
  }

  /// The formation that is meant: the one of `directory`; without one the one around `here`, else
  /// the only one.
  ///
  /// Fails with a remedy when there is none, or when there are several.
  public FormationState find(Optional<Path> directory, Path here) {
    if (directory.isPresent()) {
      Path folder = directory.get().toAbsolutePath().normalize();
      return all().stream()
          .filter(state -> state.service(folder).isPresent())
          .findFirst()
          .or(() -> in(folder))
          .orElseThrow(() ->
              new FormationException(
                  ExitCode.UNAVAILABLE,
                  "no formation runs with %s; start it with `mf up %s`"
                      .formatted(folder, directory.get())));
    }
    return in(here).orElseGet(this::only);
  }

  private FormationState only() {
    List<FormationState> all = all();
    if (all.isEmpty()) {
      throw new FormationException(
          ExitCode.UNAVAILABLE, "no formation runs; start one with `mf up DIR`");
    }
    if (all.size() > 1) {
      throw new FormationException(
          ExitCode.USAGE,
          "%d formations run; say which one is meant by its folder: %s"
              .formatted(
                  all.size(),
                  all.stream()
                      .map(state -> state.directory().toString())
                      .collect(Collectors.joining(", "))));
    }
    return all.getFirst();
  }

  /// Every formation that runs.
  public List<FormationState> all() {
    List<FormationState> running = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : isOurs() ? files.sorted().toList() : List.<Path>of()) {
        directoryIn(file).flatMap(RunningFormations::in).ifPresent(running::add);
      }
    } catch (IOException | UncheckedIOException none) {
      return List.copyOf(running);
    }
    return List.copyOf(running);
  }

  /// The temporary folder is everybody's: what another user put there is not read.
  private boolean isOurs() throws IOException {
    return Files.getOwner(folder).getName().equals(System.getProperty("user.name"));
  }

  void add(Path directory) {
    entry(directory).write(directory.toString());
  }

  void remove(Path directory) {
    entry(directory).delete();
  }

  private PrivateFile entry(Path directory) {
    return new PrivateFile(
        folder.resolve(
            UUID.nameUUIDFromBytes(directory.toString().getBytes(StandardCharsets.UTF_8))
                + SUFFIX));
  }

  private static Optional<Path> directoryIn(Path file) {
    return file.toString().endsWith(SUFFIX)
        ? new PrivateFile(file).read(String.class).map(Path::of)
        : Optional.empty();
  }

  private static Optional<FormationState> in(Path directory) {
    return FormationHome.of(directory.toAbsolutePath().normalize())
        .state()
        .filter(state -> state.supervisor().isAlive());
  }
}
