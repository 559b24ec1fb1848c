package dev.manyfactor.formation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a service says of itself to the tool, read from its `manyfactor.yaml`, or from its
/// `Procfile` where it has no manifest.
///
/// A manifest that exists is right: names are well formed, the release step is one of the tasks,
/// each program has a command, the contract's file is there. Paths are absolute.
///
/// @param directory the folder of the manifest, where every command runs
/// @param identity what the service is called, what it is written in and who answers for it
/// @param build how its artifact is made; empty for a service that needs no build
/// @param programs what of it runs
/// @param contract its OpenAPI document
/// @param dependencies what it needs, in the order of the file
/// @param samples requests that show it at work
/// @param environment defaults for running it locally
/// @param proving what it says for the prover alone
/// @param chaos what it says for `mf chaos` alone
public record Manifest(
    Path directory,
    Identity identity,
    Optional<Build> build,
    Programs programs,
    Optional<Path> contract,
    List<Dependency> dependencies,
    List<Sample> samples,
    Map<String, String> environment,
    Proving proving,
    Chaos chaos) {

  /// The file's name.
  public static final String FILE = "manyfactor.yaml";

  /// Copies what could change.
  public Manifest {
    dependencies = List.copyOf(dependencies);
    samples = List.copyOf(samples);
    environment = Map.copyOf(environment);
  }

  /// Reads the manifest of a folder, or its `Procfile` if that is all it has; fails with every
  /// problem at once.
  public static Manifest read(Path directory) {
    Path folder = directory.toAbsolutePath().normalize();
    requireService(directory, folder);
    return Files.exists(folder.resolve(FILE))
        ? ManifestReader.read(folder)
        : Procfile.read(folder).manifest();
  }

  /// What the service of a folder is called that says no name: the folder's, in the letters that a
  /// name may have.
  public static String nameOf(Path folder) {
    return Procfile.serviceName(folder.toAbsolutePath().normalize());
  }

  /// Whether a folder says how its service runs.
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE)) || Procfile.isIn(folder);
  }

  private static void requireService(Path given, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new FormationException(
          ExitCode.USAGE, "%s is not a folder; give the folder of a service".formatted(given));
    }
    if (!isIn(folder)) {
      throw new FormationException(
          ExitCode.USAGE,
          "%s holds neither %s nor %s; give the folder of a service, or write one of them there, for example a %s with the line `web: node server.js`"
              .formatted(folder, FILE, Procfile.FILE, Procfile.FILE));
    }
  }

  /// The service's name.
  public String name() {
    return identity.name();
  }

  /// The same with these processes instead of its own.
  Manifest withProcesses(List<ProcessType> processes) {
    return with(
        new Programs(processes, programs.tasks(), programs.examples(), programs.release()),
        samples);
  }

  /// The same with these samples instead of its own.
  public Manifest withSamples(List<Sample> others) {
    return with(programs, others);
  }

  /// The same for processes that will not run for long, see [Command#briefly].
  public Manifest briefly() {
    return with(programs.briefly(), samples);
  }

  private Manifest with(Programs otherPrograms, List<Sample> otherSamples) {
    return new Manifest(
        directory,
        identity,
        build,
        otherPrograms,
        contract,
        dependencies,
        otherSamples,
        environment,
        proving,
        chaos);
  }

  /// The dependencies of one kind.
  public <D extends Dependency> List<D> dependencies(Class<D> kind) {
    return dependencies.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Who the service is.
  ///
  /// @param runtime the language and its version, for example `java 25`; a `Procfile` says neither
  /// @param owner what is known of its owner, by `team`, `cost_centre` and `on_call`
  public record Identity(String name, Optional<String> runtime, Map<String, String> owner) {
    /// Copies the owner.
    public Identity {
      owner = Map.copyOf(owner);
    }
  }

  /// How the artifact is made.
  ///
  /// @param inputs files and folders; one that is newer than the artifact makes it stale
  public record Build(Command command, Path artifact, List<Path> inputs) {
    /// Copies the inputs.
    public Build {
      inputs = List.copyOf(inputs);
    }
  }

  /// What of a service runs.
  ///
  /// @param processes run as long as the service does, in the order of the file
  /// @param tasks end by themselves
  /// @param examples arguments that show a task at work, by its name
  /// @param release the name of the task that runs before the processes
  public record Programs(
      List<ProcessType> processes,
      Map<String, Command> tasks,
      Map<String, String> examples,
      Optional<String> release) {
    /// Copies what could change.
    public Programs {
      processes = List.copyOf(processes);
      tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks)); // keeps the order
      examples = Map.copyOf(examples);
    }

    /// The same for processes that will not run for long, see [Command#briefly].
    public Programs briefly() {
      Map<String, Command> brief = new LinkedHashMap<>(tasks);
      brief.replaceAll((_, command) -> command.briefly());
      return new Programs(
          processes.stream().map(ProcessType::briefly).toList(), brief, examples, release);
    }

    /// The command of a task.
    public Optional<Command> task(String name) {
      return Optional.ofNullable(tasks.get(name));
    }
  }

  /// A request that shows the service at work.
  ///
  /// `{unique}` in its path or body stands for letters that no other request has.
  ///
  /// @param scopes what its token has to allow
  /// @param body what is sent, as JSON
  /// @param read the path under which what it made is read, `{id}` standing for the member `id` of
  ///   its answer, `{a.b}` for the member `b` of its member `a`; empty: the `Location` of the
  ///   answer
  /// @param idempotency `key`, `natural`, `safe` or `none`; empty: what the contract says
  public record Sample(
      String method,
      String path,
      Set<String> scopes,
      Optional<String> body,
      Optional<String> read,
      Optional<String> idempotency) {
    private static final String UNIQUE = "{unique}";

    /// Copies the scopes.
    public Sample {
      scopes = Set.copyOf(scopes);
    }

    /// The same with something in the place of `{unique}` in its path and its body.
    ///
    /// @param unique small letters and digits
    public Sample filled(String unique) {
      return new Sample(
          method,
          path.replace(UNIQUE, unique),
          scopes,
          body.map(text -> text.replace(UNIQUE, unique)),
          read,
          idempotency);
    }
  }
}
