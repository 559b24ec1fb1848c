package dev.manyfactor.formation;

import dev.manyfactor.formation.ProcessType.Listens;
import dev.manyfactor.formation.ProcessType.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// From the tree of a manifest, which has the right shape, to the manifest; finds what a schema
/// cannot say.
///
/// @param folder where the manifest lies
/// @param problems gets what is wrong; the caller looks before it uses the result
record ManifestMapping(Path folder, ManifestProblems problems) {
  private static final int FIRST_PORT = 8080;

  Manifest map(JsonNode tree) {
    Manifest.Identity identity =
        new Manifest.Identity(
            tree.get("name").asString(),
            Optional.of(tree.get("runtime").asString()),
            texts(tree.path("owner")));
    Optional<Manifest.Build> build = optional(tree, "build").map(this::build);
    return new Manifest(
        folder,
        identity,
        build,
        programs(tree, new Commands(folder, tree.get("runtime").asString(), artifact(tree))),
        optional(tree, "contract").map(this::existing),
        new DependencyMapping(folder, problems).map(tree.path("dependencies")),
        new SampleMapping(problems).map(tree.path("samples")),
        texts(tree.path("environment")),
        new ProvingMapping(problems).map(tree),
        new ChaosMapping(problems, tree).map(tree.path("chaos")));
  }

  private Manifest.Build build(JsonNode node) {
    List<Path> inputs =
        optional(node, "inputs")
            .map(list -> list.valueStream().map(this::existing).toList())
            .orElse(List.of(folder));
    return new Manifest.Build(
        new Command(node.get("command").asString()), path(node.get("artifact")), inputs);
  }

  /// How a program without a command of its own starts.
  private record Commands(Path folder, String runtime, String artifact) {
    Optional<Command> forProgram(String name) {
      return runtime.startsWith("java ") && artifact.endsWith(".jar")
          ? Optional.of(
              new Command("java -jar " + quoted(artifact) + " " + name, Optional.of(archive())))
          : Optional.empty();
    }

    private ClassArchive archive() {
      return new ClassArchive(folder, artifact.replaceFirst("\\.jar$", ".jsa"));
    }

    private static String quoted(String path) {
      return path.matches("[\\w./:@%+,=-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
  }

  private static String artifact(JsonNode tree) {
    return tree.path("build").path("artifact").asString("");
  }

  private Manifest.Programs programs(JsonNode tree, Commands commands) {
    List<ProcessType> processes =
        tree.get("processes")
            .propertyStream()
            .map(entry -> process(entry.getKey(), entry.getValue(), commands))
            .toList();
    requirePorts(processes, tree.get("processes"));
    Map<String, Command> tasks = new LinkedHashMap<>();
    tree.path("tasks")
        .propertyStream()
        .forEach(entry ->
            tasks.put(entry.getKey(), command(entry.getKey(), entry.getValue(), commands)));
    Map<String, String> examples = new HashMap<>();
    tree.path("tasks")
        .propertyStream()
        .forEach(entry ->
            optional(entry.getValue(), "example")
                .ifPresent(example -> examples.put(entry.getKey(), example.asString())));
    Optional<JsonNode> release = optional(tree, "release");
    release
        .filter(name -> !tasks.containsKey(name.asString()))
        .ifPresent(name ->
            problems.add(
                name,
                "release: \"%s\" is not one of the tasks%s"
                    .formatted(
                        name.asString(), Suggestion.didYouMean(name.asString(), tasks.keySet()))));
    return new Manifest.Programs(processes, tasks, examples, release.map(JsonNode::asString));
  }

  private void requirePorts(List<ProcessType> processes, JsonNode nodes) {
    Map<Integer, String> taken = new HashMap<>();
    for (ProcessType type : processes) {
      type.listens()
          .map(listens -> taken.putIfAbsent(listens.port(), type.name()))
          .ifPresent(other ->
              problems.add(
                  nodes.get(type.name()),
                  "processes.%s: has the same port as %s; say another one with `port:`"
                      .formatted(type.name(), other)));
    }
  }

  private ProcessType process(String name, JsonNode node, Commands commands) {
    boolean serves = name.equals("web") || node.has("port") || node.has("variable");
    Optional<Listens> listens =
        serves
            ? Optional.of(
                new Listens(
                    node.path("variable").asString("PORT"), node.path("port").asInt(FIRST_PORT)))
            : Optional.empty();
    String written = node.path("readiness").asString("management");
    Readiness readiness = Readiness.of(written);
    if (readiness.needsPort() && !serves) {
      problems.add(node, "processes.%s: readiness \"%s\" needs a port".formatted(name, written));
    }
    return new ProcessType(name, command(name, node, commands), listens, readiness);
  }

  private Command command(String name, JsonNode node, Commands commands) {
    JsonNode written = node.isString() ? node : node.path("command");
    Optional<Command> command =
        written.isString()
            ? Optional.of(written.asString()).filter(line -> !line.isBlank()).map(Command::new)
            : commands.forProgram(name);
    if (command.isEmpty()) {
      problems.add(
          node,
          "\"%s\" has no command; say how it starts, for example %s: node %s.js"
              .formatted(name, name, name));
    }
    return command.orElse(new Command("false"));
  }

  private Path existing(JsonNode node) {
    Path path = path(node);
    if (!Files.exists(path)) {
      problems.add(node, "there is no %s".formatted(node.asString()));
    }
    return path;
  }

  private Path path(JsonNode node) {
    return folder.resolve(node.asString()).normalize();
  }

  private static Map<String, String> texts(JsonNode mapping) {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping
        .propertyStream()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  private static Optional<JsonNode> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name));
  }
}
