package dev.manyfactor.formation.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a service so far, and from what.
///
/// What was said first stays.
final class Draft {
  private static final int FIRST_PORT = 8080;
  private static final int BETWEEN_PORTS = 100;

  private final Map<String, Program> processes = new LinkedHashMap<>();
  private final Map<String, String> tasks = new LinkedHashMap<>();
  private final Map<String, Setting> variables = new LinkedHashMap<>();
  private final List<Need> needs = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<String> inferred = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private Optional<String> runtime = Optional.empty();
  private Optional<Made> made = Optional.empty();
  private Optional<String> release = Optional.empty();
  private Optional<String> contract = Optional.empty();
  private int port = FIRST_PORT;

  /// A process type.
  ///
  /// @param serves whether it has a port
  /// @param readiness as a manifest writes it
  record Program(String command, boolean serves, String readiness) {
    Program readyBy(String path) {
      return new Program(command, serves, path);
    }
  }

  /// How the artifact is made.
  record Made(String command, String artifact) {}

  /// A dependency.
  ///
  /// @param variable gets the address; empty for an issuer
  record Need(String name, String kind, String variable) {}

  /// A variable.
  record Setting(String type, boolean required, boolean secret, Optional<String> example) {}

  /// A sample.
  ///
  /// @param scope separated by blanks; may be empty
  /// @param body as JSON
  record Request(String request, String scope, Optional<String> body) {}

  /// Notes what was inferred from what.
  void infer(String what, String from) {
    inferred.add("%s, from %s".formatted(what, from));
  }

  /// Notes what the person has to say or to look at.
  void ask(String what) {
    if (!missing.contains(what)) {
      missing.add(what);
    }
  }

  void runtime(String language, String version, String from) {
    if (runtime.isEmpty()) {
      runtime = Optional.of(language + " " + version);
      infer("runtime `%s %s`".formatted(language, version), from);
    }
  }

  void made(String command, String artifact, String from) {
    if (made.isEmpty()) {
      made = Optional.of(new Made(command, artifact));
      infer("build `%s`, which makes %s".formatted(command, artifact), from);
    }
  }

  /// A process that serves is ready once its port accepts a connection, unless a clue knows better.
  void process(String name, String command, boolean serves, String from) {
    if (processes.putIfAbsent(name, new Program(command, serves, serves ? "port" : "none"))
        == null) {
      infer("process %s `%s`".formatted(name, command), from);
    }
  }

  void task(String name, String command, String from) {
    if (tasks.putIfAbsent(name, command) == null) {
      infer("task %s `%s`".formatted(name, command), from);
    }
  }

  void release(String task) {
    release = release.or(() -> Optional.of(task));
  }

  void contract(String file) {
    contract = contract.or(() -> Optional.of(file));
  }

  void port(int number, String from) {
    if (port == FIRST_PORT && number != FIRST_PORT) {
      port = number;
      infer("port %d".formatted(number), from);
    }
  }

  void need(Need need, String from) {
    if (needs.stream().noneMatch(other -> other.kind().equals(need.kind()))) {
      needs.add(need);
      infer("it needs %s".formatted(need.kind()), from);
    }
  }

  void variable(String name, Setting setting) {
    variables.putIfAbsent(name, setting);
  }

  void request(Request request) {
    if (requests.stream().noneMatch(other -> other.request().equals(request.request()))) {
      requests.add(request);
    }
  }

  void readyBy(String path) {
    processes.replaceAll((_, program) -> program.serves() ? program.readyBy(path) : program);
  }

  boolean hasProcesses() {
    return !processes.isEmpty();
  }

  Map<String, Program> processes() {
    return processes;
  }

  /// The port of the process that serves as number `index`, counted from 0.
  int port(int index) {
    return port + index * BETWEEN_PORTS;
  }

  Map<String, String> tasks() {
    return tasks;
  }

  Map<String, Setting> variables() {
    return variables;
  }

  List<Need> needs() {
    return needs;
  }

  List<Request> requests() {
    return requests;
  }

  Optional<String> runtime() {
    return runtime;
  }

  Optional<Made> made() {
    return made;
  }

  Optional<String> release() {
    return release;
  }

  Optional<String> contract() {
    return contract;
  }

  List<String> inferred() {
    return inferred;
  }

  List<String> missing() {
    return missing;
  }
}
