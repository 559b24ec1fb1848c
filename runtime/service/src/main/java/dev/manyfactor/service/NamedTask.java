package dev.manyfactor.service;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.ConfigurationException;
import dev.manyfactor.config.Configured;
import dev.manyfactor.config.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A task under its name, and how its options are read from arguments: as settings are read from
/// variables, so that the same types, defaults and messages hold.
record NamedTask<O extends Record>(String name, Class<O> options, Task<O> task) {

  String summary() {
    return task.summary();
  }

  /// The task with its options, ready to run.
  ///
  /// @throws UsageException with everything that is wrong with the options
  Ready read(Map<String, String> given) {
    var configuration = new Configuration();
    Configured<O> handle = configuration.declare("", options);
    List<String> mistakes = new ArrayList<>(unknown(configuration, given.keySet()));
    try {
      configuration.bind(Environment.of(asVariables(given)));
    } catch (ConfigurationException wrong) {
      wrong.problems().forEach(problem -> mistakes.add(inWordsOfOptions(problem.message())));
    }
    UsageException.throwIfAny(mistakes);
    return run -> task.run(run, handle.value());
  }

  /// A task that waits only for its run.
  @FunctionalInterface
  interface Ready {
    void run(TaskRun run);
  }

  private List<String> unknown(Configuration configuration, Set<String> given) {
    Set<String> known =
        configuration.variables().stream()
            .flatMap(variable ->
                Stream.concat(Stream.of(variable.name()), variable.formerNames().stream()))
            .map(NamedTask::option)
            .collect(Collectors.toSet());
    return given.stream()
        .filter(option -> !known.contains(option))
        .map(option -> "%s has no option --%s%s".formatted(name, option, listed(known)))
        .toList();
  }

  private static String listed(Set<String> known) {
    return known.isEmpty()
        ? ""
        : known.stream().sorted().collect(Collectors.joining(", --", ", only --", ""));
  }

  private String inWordsOfOptions(String message) {
    String words = message;
    for (var component : options.getRecordComponents()) {
      String option = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      words = words.replace(variable(option), "--" + option);
    }
    return words;
  }

  private static Map<String, String> asVariables(Map<String, String> given) {
    return given.entrySet().stream()
        .collect(Collectors.toMap(option -> variable(option.getKey()), Map.Entry::getValue));
  }

  private static String variable(String option) {
    return option.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static String option(String variable) {
    return variable.replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
