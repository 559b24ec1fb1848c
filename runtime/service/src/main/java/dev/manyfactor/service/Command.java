package dev.manyfactor.service;

import dev.manyfactor.context.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the arguments of the artifact ask for.
sealed interface Command {
  /// Lists what the artifact can do.
  record Usage() implements Command {}

  /// Runs a process until it is told to stop.
  record Serve(ProcessType type) implements Command {}

  /// Brings the schema up to this release, or only says where it is.
  record Migrate(boolean statusOnly) implements Command {}

  /// Runs one task of the service to its end.
  ///
  /// @param options by name, without the dashes
  record RunTask(String task, Tenant tenant, Map<String, String> options) implements Command {}

  /// Prints the settings that hold, or the schema of all there are.
  record ShowConfig(boolean schema) implements Command {}

  /// Prints the contract.
  record ShowOpenApi() implements Command {}

  /// Prints what the service is made of.
  record ShowInfo(boolean json) implements Command {}

  /// Looks at queues and jobs, or does something to them.
  record Jobs(JobsArguments.Parsed asked) implements Command {}

  /// Starts without what the service depends on, and stops.
  record Rehearse() implements Command {}

  /// Reads arguments.
  ///
  /// @param tasks the names of the service's tasks
  /// @throws UsageException with every mistake there is
  static Command parse(List<String> arguments, Set<String> tasks) {
    if (arguments.isEmpty() || Set.of("--help", "-h", "help").contains(arguments.getFirst())) {
      return new Usage();
    }
    String word = arguments.getFirst();
    List<String> rest = arguments.subList(1, arguments.size());
    Optional<ProcessType> process = ProcessType.named(word);
    if (process.isPresent()) {
      return flag(word, rest, Optional.empty()) ? new Usage() : new Serve(process.get());
    }
    return switch (word) {
      case "migrate" -> new Migrate(flag(word, rest, Optional.of("--status")));
      case "config" -> new ShowConfig(flag(word, rest, Optional.of("--schema")));
      case "info" -> new ShowInfo(flag(word, rest, Optional.of("--json")));
      case "jobs" -> new Jobs(JobsArguments.parse(rest));
      case "openapi" -> {
        flag(word, rest, Optional.empty());
        yield new ShowOpenApi();
      }
      case "rehearse" -> {
        flag(word, rest, Optional.empty());
        yield new Rehearse();
      }
      default -> task(word, rest, tasks);
    };
  }

  /// Whether the one flag that a command knows is given.
  private static boolean flag(String command, List<String> rest, Optional<String> known) {
    List<String> mistakes =
        rest.stream()
            .filter(argument -> !known.equals(Optional.of(argument)))
            .map(argument ->
                "%s does not know %s%s"
                    .formatted(command, argument, known.map(", only "::concat).orElse("")))
            .toList();
    UsageException.throwIfAny(mistakes);
    return !rest.isEmpty();
  }

  private static Command task(String word, List<String> rest, Set<String> tasks) {
    if (!tasks.contains(word)) {
      throw new UsageException(
          List.of(
              "there is no process type, task or command "
                  + word
                  + "; without arguments the artifact lists them all"));
    }
    Map<String, String> options = new LinkedHashMap<>();
    List<String> mistakes = new ArrayList<>();
    readOptions(rest, options, mistakes);
    Optional<Tenant> tenant = tenant(word, Optional.ofNullable(options.remove("tenant")), mistakes);
    UsageException.throwIfAny(mistakes);
    return new RunTask(word, tenant.orElseThrow(), options);
  }

  private static void readOptions(
      List<String> rest, Map<String, String> options, List<String> mistakes) {
    for (int i = 0; i < rest.size(); i++) {
      String argument = rest.get(i);
      if (!argument.startsWith("--") || argument.length() == 2) {
        mistakes.add("an option starts with two dashes, unlike " + argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      if (equals < 0 && i + 1 == rest.size()) {
        mistakes.add("--" + name + " needs a value, for example --" + name + " VALUE");
        continue;
      }
      String value = equals < 0 ? rest.get(++i) : argument.substring(equals + 1);
      if (options.put(name, value) != null) {
        mistakes.add("--" + name + " is given twice");
      }
    }
  }

  private static Optional<Tenant> tenant(
      String task, Optional<String> given, List<String> mistakes) {
    if (given.isEmpty()) {
      mistakes.add(task + " needs --tenant, for example --tenant acme");
      return Optional.empty();
    }
    try {
      return given.map(Tenant::new);
    } catch (IllegalArgumentException malformed) {
      mistakes.add("--tenant: " + malformed.getMessage());
      return Optional.empty();
    }
  }
}
