package dev.manyfactor.formation.draft;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeSet;

/// A manifest that was written for a service that had none.
///
/// ```java
/// ManifestDraft draft = ManifestDraft.write(Path.of("shop"));
/// draft.missing().forEach(System.out::println);
/// ```
///
/// @param file the `manyfactor.yaml`
/// @param inferred what was inferred, each with the file it was inferred from
/// @param missing what the person should fill in or look at, most important first, each beginning
///   with the key
public record ManifestDraft(Path file, List<String> inferred, List<String> missing) {
  private static final List<Clue> CLUES =
      List.of(
          new ProcfileClue(),
          new NodeClue(),
          new PythonClue(),
          new GoClue(),
          new MavenClue(),
          new DockerfileClue(),
          new FilesClue(),
          new ProgramClue(),
          new ContractClue(),
          new DependencyClue(),
          new EnvironmentClue(),
          new SourcesClue(),
          new ReadinessClue());

  /// Copies the lists.
  public ManifestDraft {
    inferred = List.copyOf(inferred);
    missing = List.copyOf(missing);
  }

  /// Looks at the files of a folder and writes its `manyfactor.yaml`.
  ///
  /// @throws FormationException 64 if the folder is none, has a manifest already, or says nothing
  ///   of how its service starts; 74 if it cannot be written; 78 if its `Procfile` is wrong
  public static ManifestDraft write(Path directory) {
    return write(directory, List.of());
  }

  /// The same with requests that somebody has named, before those of the contract.
  ///
  /// @param samples which the service answers with a success
  public static ManifestDraft write(Path directory, List<Manifest.Sample> samples) {
    Path root = directory.toAbsolutePath().normalize();
    Path file = root.resolve(Manifest.FILE);
    requireRoom(directory, root, file);
    Draft draft = look(root, samples);
    if (!draft.hasProcesses()) {
      throw new FormationException(
          ExitCode.USAGE,
          "nothing in %s says how its service starts; write a Procfile there with a line such as `web: node server.js`"
              .formatted(directory));
    }
    if (draft.requests().isEmpty()) {
      draft.ask(
          "samples: a request that makes something and one that reads; most trials send them");
    }
    draft.ask("deadlines: how long it takes to be ready, to answer, to stop and to recover");
    save(file, new ManifestText(draft).of(Manifest.nameOf(root)));
    return new ManifestDraft(file, draft.inferred(), draft.missing());
  }

  private static void requireRoom(Path given, Path root, Path file) {
    if (!Files.isDirectory(root)) {
      throw new FormationException(
          ExitCode.USAGE, "%s is not a folder; give the folder of a service".formatted(given));
    }
    if (Files.exists(file)) {
      throw new FormationException(
          ExitCode.USAGE,
          "%s is there already and stays as it is; edit it, or move it away first".formatted(file));
    }
  }

  private static Draft look(Path root, List<Manifest.Sample> samples) {
    Draft draft = new Draft();
    samples.forEach(sample ->
        draft.request(
            new Draft.Request(
                sample.method() + " " + sample.path(),
                String.join(" ", new TreeSet<>(sample.scopes())),
                sample.body())));
    try {
      Folder folder = new Folder(root);
      CLUES.forEach(clue -> clue.look(folder, draft));
      return draft;
    } catch (IOException unreadable) {
      throw new FormationException(
          ExitCode.USAGE, "cannot read %s: %s".formatted(root, unreadable.getMessage()));
    }
  }

  /// Writes the file and reads it once more; what `mf` would refuse does not stay.
  private static void save(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
      boolean isRead = false;
      try {
        Manifest.read(file.resolveSibling(""));
        isRead = true;
      } finally {
        if (!isRead) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException failure) {
      throw FormationException.cannotWrite(file, failure);
    }
  }
}
